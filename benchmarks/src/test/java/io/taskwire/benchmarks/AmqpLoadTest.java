/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.RabbitmqBroker;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AmqpLoadTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  private static final Broker BROKER = RabbitmqBroker.create();

  @BeforeAll
  static void start() {
    BROKER.start();
  }

  @AfterAll
  static void close() {
    BROKER.close();
  }

  @Test
  void the_bare_client_does_the_same_work() {
    try (Load client = new AmqpLoad(BROKER.url());
        Load worker = new AmqpLoad(BROKER.url())) {
      worker.serve("echo", 16);
      assertThat(client.roundTrips("echo", 16, Payload.SIZE, SHORT).count())
          .isGreaterThanOrEqualTo(16);
      assertThat(client.oneAtATime("echo", SHORT).count()).isPositive();
      assertThat(client.submits("backlog", 16, 100).count()).isEqualTo(100);
      assertThat(worker.drain("backlog", 16, 100).count()).isEqualTo(100);
    }
  }

  @Test
  void a_message_that_comes_twice_is_noticed() {
    try (Load load = new AmqpLoad(BROKER.url())) {
      load.submits("twice", 4, 10);
      load.submits("twice", 4, 10);

      assertThatThrownBy(() -> load.drain("twice", 1, 20)).hasMessageContaining("came twice");
    }
  }

  @Test
  void a_queue_does_the_same_work_on_the_same_broker() {
    try (Load client = new QueueLoad(BROKER.url(), false);
        Load worker = new QueueLoad(BROKER.url(), false)) {
      worker.serve("tasks", 16);
      assertThat(client.roundTrips("tasks", 16, Payload.SIZE, SHORT).count())
          .isGreaterThanOrEqualTo(16);
      assertThat(client.submits("task-backlog", 16, 100).count()).isEqualTo(100);
      assertThat(worker.drain("task-backlog", 16, 100).count()).isEqualTo(100);
    }
  }
}
