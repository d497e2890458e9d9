/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static io.taskwire.memory.QueueSide.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.FailureCode;
import io.taskwire.spi.Delivery.ReplyExpected;
import org.junit.jupiter.api.Test;

class UniqueTest extends MemoryTestBase {

  @Test
  void waiting_task_is_joined_and_every_caller_gets_the_one_result() {
    QueueSide queue = open();
    Heard one = queue.submit(task("n", "1").unique("k"));
    Heard two = queue.submit(task("n", "2").unique("k"));
    Heard three = queue.submit(task("n", "3").unique("k"));
    assertThat(two.id()).isEqualTo(one.id()).isEqualTo(three.id());
    Worker worker = queue.work("n", 3);

    Worker.Held held = worker.next();
    assertThat(held.payload()).isEqualTo("1");
    held.complete("done");

    assertThat(one.result()).isEqualTo("done");
    assertThat(two.result()).isEqualTo("done");
    assertThat(three.result()).isEqualTo("done");
    queue.submit("n", "next");
    assertThat(worker.next().payload()).isEqualTo("next");
  }

  @Test
  void running_task_is_joined() {
    QueueSide queue = open();
    queue.submit(task("n", "1").unique("k").noResult());
    Worker.Held held = queue.work("n").next();
    Heard joined = queue.submit(task("n", "2").unique("k"));

    assertThat(held.delivery.replyExpected()).isEqualTo(ReplyExpected.YES);
    held.complete("done");
    assertThat(joined.result()).isEqualTo("done");
  }

  @Test
  void retried_task_is_joined_while_it_waits() {
    QueueSide queue = open();
    Heard first = queue.submit(task("n", "1").unique("k"));
    queue.work("n").next().retry(java.time.Duration.ofDays(1));

    assertThat(queue.submit(task("n", "2").unique("k")).id()).isEqualTo(first.id());
  }

  @Test
  void other_names_and_other_keys_are_other_tasks() {
    QueueSide queue = open();
    Heard first = queue.submit(task("n", "1").unique("k"));

    assertThat(queue.submit(task("m", "1").unique("k")).id()).isNotEqualTo(first.id());
    assertThat(queue.submit(task("n", "1").unique("l")).id()).isNotEqualTo(first.id());
    assertThat(queue.submit(task("n", "1")).id()).isNotEqualTo(first.id());
  }

  @Test
  void task_that_is_over_is_not_joined() {
    QueueSide queue = open();
    Heard first = queue.submit(task("n", "1").unique("k"));
    Worker worker = queue.work("n");
    worker.next().complete("one");
    Heard second = queue.submit(task("n", "2").unique("k"));
    worker.next().deadLetter(FAILURE);
    Heard third = queue.submit(task("n", "3").unique("k"));
    worker.next().complete("three");

    assertThat(first.result()).isEqualTo("one");
    assertThat(second.failure()).isEqualTo(FAILURE);
    assertThat(third.result()).isEqualTo("three");
  }

  @Test
  void caller_that_abandons_leaves_the_others_waiting() {
    QueueSide queue = open();
    Heard one = queue.submit(task("n", "1").unique("k"));
    Heard two = queue.submit(task("n", "2").unique("k"));
    Heard three = queue.submit(task("n", "3").unique("k"));
    two.abandon();

    queue.work("n").next().complete("done");

    assertThat(one.result()).isEqualTo("done");
    assertThat(three.result()).isEqualTo("done");
    assertThat(two.hasEnded()).isFalse();
  }

  @Test
  void cancelling_a_waiting_task_ends_it_for_all_who_joined() {
    QueueSide queue = open();
    Heard one = queue.submit(task("n", "1").unique("k"));
    Heard two = queue.submit(task("n", "2").unique("k"));

    assertThat(one.cancel()).isTrue();

    assertThat(two.failure().code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(one.hasEnded()).isFalse();
  }

  @Test
  void running_task_that_was_cancelled_is_not_joined() {
    QueueSide queue = open();
    Heard one = queue.submit(task("n", "1").unique("k"));
    queue.work("n").next();
    one.cancel();

    assertThat(queue.submit(task("n", "2").unique("k")).id()).isNotEqualTo(one.id());
  }
}
