/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static io.taskwire.memory.QueueSide.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.QueueClosedException;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedBrokerTest extends MemoryTestBase {

  @Test
  void task_goes_from_one_queue_to_another_and_its_result_comes_back() {
    QueueSide caller = open("orders");
    QueueSide worker = open("orders");
    Heard heard = caller.submit("n", "hello");

    worker.work("n").next().complete("world");

    assertThat(heard.result()).isEqualTo("world");
  }

  @Test
  void queues_of_different_vertx_instances_meet() {
    Vertx other = Vertx.vertx();
    try (QueueSide worker = QueueSide.open(other, "orders")) {
      Heard heard = open("orders").submit("n", "hello");
      Worker.Held held = worker.work("n").next();
      worker.await(() -> held.delivery.data(Buffer.buffer("chunk")));
      held.complete("world");

      assertThat(heard.result()).isEqualTo("world");
      assertThat(heard.reports).containsExactly("chunk");
    } finally {
      QueueSide.within(other.close());
    }
  }

  @Test
  void private_and_differently_named_brokers_are_apart() {
    open("orders").submit("n", "shared");
    open().submit("n", "private");
    QueueSide queue = open();
    Worker worker = queue.work("n", 9);
    queue.submit("n", "own");

    assertThat(worker.next().payload()).isEqualTo("own");
    assertThat(worker.deliveries).isEmpty();
    Worker named = open("other").work("n", 9);
    named.queue.submit("n", "other");
    assertThat(named.next().payload()).isEqualTo("other");
  }

  @Test
  void accepted_tasks_outlive_the_queue_that_submitted_them() {
    QueueSide caller = open("orders");
    QueueSide worker = open("orders");
    Heard heard = caller.submit("n", "hello");
    caller.submit(task("n", "delayed").delay(Duration.ofMillis(100)));
    close(caller);

    assertThat(heard.loss()).isInstanceOf(QueueClosedException.class).hasMessageContaining("\"n\"");
    Worker one = worker.work("n");
    Worker.Held held = one.next();
    assertThat(held.payload()).isEqualTo("hello");
    assertThat(held.complete("done")).isEqualTo(Settled.DONE);
    assertThat(one.next().payload()).isEqualTo("delayed");
  }

  @Test
  void tasks_of_a_worker_whose_queue_closes_go_to_another() {
    QueueSide caller = open("orders");
    QueueSide leaving = open("orders");
    Heard heard = caller.submit("n", "hello");
    Worker.Held held = leaving.work("n").next();
    QueueSide staying = open("orders");
    Worker worker = staying.work("n");

    close(leaving);

    Worker.Held again = worker.next();
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(held.complete("late")).isEqualTo(Settled.CONNECTION_LOST);
    again.complete("done");
    assertThat(heard.result()).isEqualTo("done");
  }

  @Test
  void last_close_ends_every_wait_and_forgets_every_task() {
    QueueSide first = open("orders");
    first.submit("n", "hello");
    Heard waiting = first.submit("n", "hello");
    Heard running = first.submit("m", "hello");
    first.work("m").next();

    close(first);

    assertThat(waiting.loss()).isInstanceOf(QueueClosedException.class);
    assertThat(running.loss()).isInstanceOf(QueueClosedException.class);
    assertThat(waiting.loss().isSafeToRetry()).isFalse();
    QueueSide second = open("orders");
    Worker worker = second.work("n");
    second.submit("n", "fresh");
    assertThat(worker.next().payload()).isEqualTo("fresh");
  }

  @Test
  void clock_is_watched_on_when_the_queue_that_watched_it_closes() {
    QueueSide watching = open("orders");
    QueueSide staying = open("orders");
    Worker worker = staying.work("n");
    staying.submit(task("n", "late").delay(Duration.ofMillis(100)));

    close(watching);

    assertThat(worker.next().payload()).isEqualTo("late");
  }

  @Test
  void tasks_of_a_queue_whose_event_loop_has_ended_go_to_another() {
    Vertx dying = Vertx.vertx();
    QueueSide worker = QueueSide.open(dying, "orders");
    Worker dead = worker.work("n", 2);
    QueueSide caller = open("orders");
    Heard held = caller.submit("n", "held");
    dead.next();
    QueueSide.within(dying.close());

    caller.submit("n", "wakes");
    Worker alive = caller.work("n");

    PriorityTest.handle(alive, 2);
    assertThat(held.result()).isEqualTo("done");
  }

  @Test
  void nothing_is_lost_between_many_queues_under_load() {
    int queues = 4;
    int tasks = 5_000;
    Future<Void> all = Future.succeededFuture();
    for (int i = 0; i < queues; i++) {
      QueueSide queue = open("busy");
      EchoLoop echo = new EchoLoop(queue, 64);
      all = Future.all(all, echo.callInWindow("n", tasks, 64)).mapEmpty();
    }

    QueueSide.within(all);
  }

  @Test
  void session_of_a_closed_transport_cannot_be_had() {
    QueueSide queue = open("orders");
    close(queue);

    assertThatThrownBy(queue::connect)
        .isInstanceOf(BrokerConnectException.class)
        .hasMessageContaining("memory:orders");
  }
}
