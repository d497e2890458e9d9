/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static io.taskwire.memory.QueueSide.task;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.TaskStatus.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StatusAndCancelTest extends MemoryTestBase {

  @Test
  void status_follows_the_task() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "x");
    assertThat(heard.status().state()).isEqualTo(State.QUEUED);
    Worker.Held held = queue.work("n").next();
    assertThat(heard.status().state()).isEqualTo(State.RUNNING);
    held.retry(ofDays(1));
    assertThat(heard.status().state()).isEqualTo(State.DELAYED);
  }

  @Test
  void status_of_a_task_that_is_done_is_unknown() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "x");
    queue.work("n").next().complete("done");

    assertThat(heard.status().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void cancelled_waiting_task_does_not_run() {
    QueueSide queue = open();
    Heard first = queue.submit("n", "first");
    Heard middle = queue.submit("n", "middle");
    Heard last = queue.submit("n", "last");

    assertThat(middle.cancel()).isTrue();
    assertThat(middle.cancel()).isFalse();

    assertThat(PriorityTest.handle(queue.work("n"), 2)).containsExactly("first", "last");
    assertThat(first.result()).isEqualTo("done");
    assertThat(last.result()).isEqualTo("done");
    assertThat(middle.hasEnded()).isFalse();
    assertThat(middle.status().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void cancelled_delayed_task_does_not_run() {
    QueueSide queue = open();
    Worker worker = queue.work("n");
    Heard cancelled = queue.submit(task("n", "cancelled").delay(Duration.ofMillis(40)));
    queue.submit(task("n", "later").delay(Duration.ofMillis(60)));

    assertThat(cancelled.cancel()).isTrue();

    assertThat(worker.next().payload()).isEqualTo("later");
  }

  @Test
  void cancelling_a_running_task_tells_its_handler() throws Exception {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "x");
    Worker.Held held = queue.work("n").next();
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    queue.run(() -> held.delivery.onCancel(nothing -> told.complete(true)));

    assertThat(heard.cancel()).isTrue();

    assertThat(told.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void handler_that_asks_after_the_cancelling_is_told_at_once() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "x");
    Worker.Held held = queue.work("n").next();
    heard.cancel();
    CompletableFuture<Boolean> told = new CompletableFuture<>();

    queue.run(() -> held.delivery.onCancel(nothing -> told.complete(true)));

    assertThat(told).isCompletedWithValue(true);
  }

  @Test
  void cancelled_running_task_is_not_delivered_again() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "cancelled");
    Worker worker = queue.work("n");
    Worker.Held held = worker.next();
    heard.cancel();
    held.retry(Duration.ZERO);
    queue.submit("n", "next");

    assertThat(worker.next().payload()).isEqualTo("next");
    assertThat(heard.status().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void task_that_is_done_cannot_be_cancelled() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "x");
    queue.work("n").next().complete("done");

    assertThat(heard.cancel()).isFalse();
  }
}
