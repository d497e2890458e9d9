/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConsumerTest extends MemoryTestBase {

  @Test
  void no_more_than_its_concurrency_is_delivered() {
    QueueSide queue = open();
    Worker worker = queue.work("n", 2);
    for (int i = 1; i <= 3; i++) {
      queue.submit("n", "" + i);
    }
    Worker.Held first = worker.next();
    worker.next();
    queue.run(() -> {});
    assertThat(worker.deliveries).isEmpty();

    first.complete("done");

    assertThat(worker.next().payload()).isEqualTo("3");
  }

  @Test
  void consumers_of_one_name_take_turns() {
    QueueSide queue = open();
    Worker one = queue.work("n", 3);
    Worker two = queue.work("n", 3);
    for (int i = 0; i < 6; i++) {
      queue.submit("n", "" + i);
    }

    assertThat(payloads(one, 3)).containsExactly("0", "2", "4");
    assertThat(payloads(two, 3)).containsExactly("1", "3", "5");
  }

  private static List<String> payloads(Worker worker, int tasks) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      all.add(worker.next().payload());
    }
    return all;
  }

  @Test
  void consumer_gets_only_its_name() {
    QueueSide queue = open();
    Worker worker = queue.work("n", 9);
    queue.submit("m", "not for it");
    queue.submit("n", "for it");

    assertThat(worker.next().payload()).isEqualTo("for it");
    assertThat(worker.deliveries).isEmpty();
  }

  @Test
  void paused_consumer_takes_nothing_until_it_is_resumed() {
    QueueSide queue = open();
    Worker worker = queue.work("n", 9);
    queue.submit("n", "before");
    Worker.Held before = worker.next();
    queue.run(worker.consumer::pause);
    queue.submit("n", "after");
    assertThat(before.complete("done")).isEqualTo(Settled.DONE);
    queue.run(() -> {});
    assertThat(worker.deliveries).isEmpty();

    queue.run(worker.consumer::resume);

    assertThat(worker.next().payload()).isEqualTo("after");
  }

  @Test
  void task_that_was_assigned_and_not_yet_handed_over_is_taken_back_by_a_pause() {
    QueueSide queue = open();
    Worker worker = queue.work("n");
    Heard heard = new Heard(queue);
    queue.run(() -> {
      queue.session.submit(QueueSide.task("n", "x").build(), heard);
      worker.consumer.pause();
    });
    queue.run(() -> {});
    assertThat(worker.deliveries).isEmpty();

    Worker other = queue.work("n");

    assertThat(other.next().attempt()).isEqualTo(1);
  }

  @Test
  void drained_consumer_is_done_when_its_tasks_are_settled() {
    QueueSide queue = open();
    Worker worker = queue.work("n", 2);
    queue.submit("n", "1");
    queue.submit("n", "2");
    Worker.Held one = worker.next();
    Worker.Held two = worker.next();
    Future<Void> drained = queue.call(worker.consumer::drain);
    one.complete("done");
    queue.submit("n", "for another");
    queue.run(() -> {});
    assertThat(drained.isComplete()).isFalse();

    two.complete("done");

    QueueSide.within(drained);
    assertThat(worker.deliveries).isEmpty();
    assertThat(queue.work("n").next().payload()).isEqualTo("for another");
  }

  @Test
  void draining_an_idle_consumer_is_done_at_once() {
    QueueSide queue = open();
    Worker worker = queue.work("n");

    queue.await(worker.consumer::drain);
  }

  @Test
  void closing_a_draining_consumer_ends_the_drain() {
    QueueSide queue = open();
    Worker worker = queue.work("n");
    queue.submit("n", "1");
    worker.next();
    Future<Void> drained = queue.call(worker.consumer::drain);

    queue.await(worker.consumer::close);

    QueueSide.within(drained);
  }

  @Test
  void closed_consumer_loses_its_tasks_to_the_next_with_the_attempt_counted() throws Exception {
    QueueSide queue = open();
    Worker worker = queue.work("n");
    Heard heard = queue.submit("n", "x");
    Worker.Held held = worker.next();
    CompletableFuture<Throwable> leaseLost = new CompletableFuture<>();
    queue.run(() -> held.delivery.onLeaseLost(leaseLost::complete));

    queue.await(worker.consumer::close);
    queue.await(worker.consumer::close);

    assertThat(leaseLost.get(10, TimeUnit.SECONDS)).isInstanceOf(BrokerConnectException.class);
    assertThat(held.complete("late")).isEqualTo(Settled.LEASE_LOST);
    Worker.Held again = queue.work("n").next();
    assertThat(again.attempt()).isEqualTo(2);
    again.complete("done");
    assertThat(heard.result()).isEqualTo("done");
  }

  @Test
  void who_asks_late_is_told_at_once_that_the_lease_is_lost() {
    QueueSide queue = open();
    Worker worker = queue.work("n");
    queue.submit("n", "x");
    Worker.Held held = worker.next();
    queue.await(worker.consumer::close);
    CompletableFuture<Throwable> leaseLost = new CompletableFuture<>();

    queue.run(() -> held.delivery.onLeaseLost(leaseLost::complete));

    assertThat(leaseLost).isDone();
    assertThatThrownBy(() -> queue.await(() -> held.delivery.progress(1, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not this worker's any more");
  }

  @Test
  void task_that_kills_its_consumers_becomes_a_dead_letter() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "poison");
    for (int i = 1; i <= 2; i++) {
      Worker worker = queue.work("n", 1, 2);
      assertThat(worker.next().attempt()).isEqualTo(i);
      queue.await(worker.consumer::close);
    }
    Worker worker = queue.work("n", 1, 2);
    queue.submit("n", "good");

    assertThat(worker.next().payload()).isEqualTo("good");
    assertThat(heard.failure().message()).contains("2 times");
  }
}
