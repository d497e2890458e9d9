/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.QueueOptions;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Timers;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a queue costs while nothing is to be done. */
@Timeout(60)
class IdleQueueTest {

  private static final int HANDLERS = 20;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close_vertx() {
    Await.done(vertx.close());
  }

  @Test
  void an_idle_queue_has_no_timer_for_each_of_its_handlers() {
    try (GearmandBroker broker = GearmandBroker.create()) {
      broker.start();
      try (TaskQueue queue = TaskQueue.open(vertx, QueueOptions.of(broker.url()))) {
        for (int i = 0; i < HANDLERS; i++) {
          queue.onAsync(TaskType.raw("idle-" + i), Future::succeededFuture);
        }
        Await.done(queue.start());

        assertThat(Timers.cancelAll(vertx)).isEqualTo(1);
      }
    }
  }
}
