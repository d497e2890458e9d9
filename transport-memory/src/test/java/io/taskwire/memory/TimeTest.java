/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static io.taskwire.memory.QueueSide.task;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.FailureCode;
import io.taskwire.TaskStatus.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TimeTest extends MemoryTestBase {

  @Nested
  class Delay {

    @Test
    void delayed_task_comes_when_its_delay_has_passed_and_not_before() {
      QueueSide queue = open();
      Worker worker = queue.work("n");
      long start = System.nanoTime();
      Heard heard = queue.submit(task("n", "late").delay(ofMillis(150)));
      assertThat(heard.status().state()).isEqualTo(State.DELAYED);

      Worker.Held held = worker.next();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(ofMillis(150));
      held.complete("done");
      assertThat(heard.result()).isEqualTo("done");
    }

    @Test
    void delayed_tasks_come_in_the_order_of_their_times() {
      QueueSide queue = open();
      queue.submit(task("n", "third").delay(ofMillis(160)));
      queue.submit(task("n", "first").delay(ofMillis(20)));
      queue.submit(task("n", "second").delay(ofMillis(90)));

      assertThat(PriorityTest.handle(queue.work("n"), 3))
          .isEqualTo(List.of("first", "second", "third"));
    }

    @Test
    void delay_longer_than_any_life_does_not_overflow() {
      QueueSide queue = open();
      Heard heard = queue.submit(task("n", "never").delay(ofSeconds(Long.MAX_VALUE)));
      queue.submit("n", "now");

      Worker worker = queue.work("n", 2);

      assertThat(worker.next().payload()).isEqualTo("now");
      assertThat(heard.status().state()).isEqualTo(State.DELAYED);
    }
  }

  @Nested
  class Deadline {

    @Test
    void task_that_nobody_begins_fails_at_its_deadline() {
      QueueSide queue = open();
      Heard heard = queue.submit(task("n", "stale").deadline(ofMillis(30)));

      assertThat(heard.failure().code()).isEqualTo(FailureCode.TIMEOUT);
      assertThat(heard.status().state()).isEqualTo(State.UNKNOWN);
      queue.submit("n", "fresh");
      assertThat(queue.work("n").next().payload()).isEqualTo("fresh");
    }

    @Test
    void deadline_passes_while_a_task_is_delayed() {
      QueueSide queue = open();
      Heard heard = queue.submit(task("n", "stale").delay(ofDays(1)).deadline(ofMillis(30)));

      assertThat(heard.failure().code()).isEqualTo(FailureCode.TIMEOUT);
    }

    @Test
    void deadline_runs_on_after_the_delay() {
      QueueSide queue = open();
      Heard heard = queue.submit(task("n", "stale").delay(ofMillis(20)).deadline(ofMillis(60)));

      assertThat(heard.failure().code()).isEqualTo(FailureCode.TIMEOUT);
    }

    @Test
    void deadline_does_not_end_a_task_that_was_begun() {
      QueueSide queue = open();
      Worker worker = queue.work("n");
      Heard heard = queue.submit(task("n", "begun").deadline(ofMillis(30)));
      Worker.Held held = worker.next();
      Heard later = queue.submit(task("other", "stale").deadline(ofMillis(60)));
      later.failure();

      held.retry(Duration.ZERO);
      worker.next().complete("done");

      assertThat(heard.result()).isEqualTo("done");
    }

    @Test
    void task_that_is_given_back_after_its_deadline_fails() {
      QueueSide queue = open();
      Worker worker = queue.work("n");
      Heard heard = queue.submit(task("n", "held").deadline(ofMillis(30)));
      Worker.Held held = worker.next();
      queue.submit(task("other", "stale").deadline(ofMillis(60))).failure();
      queue.run(worker.consumer::pause);
      held.giveBack();

      assertThat(heard.failure().code()).isEqualTo(FailureCode.TIMEOUT);
    }
  }

  @Nested
  class Retry {

    @Test
    void retried_task_comes_again_after_its_delay_with_the_attempt_counted() {
      QueueSide queue = open();
      Worker worker = queue.work("n");
      Heard heard = queue.submit("n", "hard");
      Worker.Held first = worker.next();
      assertThat(first.attempt()).isEqualTo(1);
      long start = System.nanoTime();
      first.retry(ofMillis(100));
      assertThat(heard.status().state()).isEqualTo(State.DELAYED);

      Worker.Held second = worker.next();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(ofMillis(100));
      assertThat(second.attempt()).isEqualTo(2);
      assertThat(second.delivery.id()).isEqualTo(first.delivery.id());
      second.complete("done");
      assertThat(heard.result()).isEqualTo("done");
    }

    @Test
    void slot_of_a_retried_task_is_free_meanwhile() {
      QueueSide queue = open();
      Worker worker = queue.work("n");
      queue.submit("n", "hard");
      queue.submit("n", "easy");
      worker.next().retry(ofDays(1));

      assertThat(worker.next().payload()).isEqualTo("easy");
    }

    @Test
    void task_that_is_retried_too_often_becomes_a_dead_letter() {
      QueueSide queue = open();
      Worker worker = queue.work("n", 1, 2);
      Heard heard = queue.submit("n", "hard");
      worker.next().retry(Duration.ZERO);
      worker.next().retry(Duration.ZERO);

      assertThat(heard.failure().code()).isEqualTo(FailureCode.REJECTED);
      assertThat(heard.failure().message()).contains("2 times");
      assertThat(heard.status().state()).isEqualTo(State.DEAD);
    }
  }
}
