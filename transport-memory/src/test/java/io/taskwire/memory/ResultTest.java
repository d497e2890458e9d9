/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static io.taskwire.memory.QueueSide.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.memory.QueueSide.TaskSpec;
import io.taskwire.memory.Worker.Held;
import io.taskwire.spi.Delivery.ReplyExpected;
import io.taskwire.spi.Settled;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest extends MemoryTestBase {

  @Test
  void result_reaches_the_caller() {
    QueueSide queue = open();
    Heard heard = queue.submit("greet", "hello");

    Held held = queue.work("greet").next();

    assertThat(held.payload()).isEqualTo("hello");
    assertThat(held.delivery.id()).isEqualTo(heard.id());
    assertThat(held.complete("world")).isEqualTo(Settled.DONE);
    assertThat(heard.result()).isEqualTo("world");
    assertThat(heard.reports).isEmpty();
  }

  @Test
  void ids_differ() {
    QueueSide queue = open();
    QueueSide other = open();

    assertThat(queue.submit("greet", "1").id())
        .isNotEqualTo(queue.submit("greet", "2").id())
        .isNotEqualTo(other.submit("greet", "1").id());
  }

  @Test
  void failure_reaches_the_caller_whole() {
    QueueSide queue = open();
    Heard heard = queue.submit("greet", "hello");

    assertThat(queue.work("greet").next().fail(FAILURE)).isEqualTo(Settled.DONE);

    assertThat(heard.failure()).isEqualTo(FAILURE);
  }

  @Test
  void headers_travel_beside_payload_and_result() {
    QueueSide queue = open();
    Heard heard = queue.submit(task("greet", "hello").headers(Map.of("serializer", "json")));
    Held held = queue.work("greet").next();

    assertThat(held.delivery.headers()).containsExactly(Map.entry("serializer", "json"));
    queue.await(() -> held.delivery.complete(Buffer.buffer("x"), Map.of("x-a", "b")));

    assertThat(heard.result()).isEqualTo("x");
    assertThat(heard.resultHeaders).containsExactly(Map.entry("x-a", "b"));
  }

  @Test
  void worker_knows_whether_the_caller_waits() {
    QueueSide queue = open();
    Worker worker = queue.work("greet", 2);

    queue.submit("greet", "1");
    assertThat(worker.next().delivery.replyExpected()).isEqualTo(ReplyExpected.YES);
    queue.submit(task("greet", "2").noResult());
    assertThat(worker.next().delivery.replyExpected()).isEqualTo(ReplyExpected.NO);
  }

  @Test
  void changing_the_buffer_after_the_submit_does_not_change_the_task() {
    QueueSide queue = open();
    Buffer payload = Buffer.buffer("hello");
    queue.submit(new TaskSpec("greet", payload));
    payload.setString(0, "HELLO");

    assertThat(queue.work("greet").next().payload()).isEqualTo("hello");
  }

  @Test
  void changing_the_buffer_in_the_worker_does_not_change_the_next_attempt() {
    QueueSide queue = open();
    queue.submit("greet", "hello");
    Worker worker = queue.work("greet");
    Held held = worker.next();
    queue.run(() -> held.delivery.payload().setString(0, "HELLO"));
    held.giveBack();

    assertThat(worker.next().payload()).isEqualTo("hello");
  }

  @Test
  void changing_the_result_after_completion_does_not_change_it() {
    QueueSide queue = open();
    Heard heard = queue.submit("greet", "hello");
    Held held = queue.work("greet").next();
    Buffer result = Buffer.buffer("world");
    queue.run(() -> {
      held.delivery.complete(result, Map.of());
      result.setString(0, "WORLD");
    });

    assertThat(heard.result()).isEqualTo("world");
  }

  @Test
  void settling_twice_is_a_programming_error() {
    QueueSide queue = open();
    queue.submit("greet", "hello");
    Held held = queue.work("greet").next();
    held.complete("world");

    assertThatThrownBy(() -> held.fail(FAILURE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("greet")
        .hasMessageContaining(held.delivery.id());
  }

  @Test
  void reply_to_an_abandoned_task_is_dropped_and_reported() {
    QueueSide queue = open();
    Heard heard = queue.submit("greet", "hello");
    heard.abandon();
    heard.abandon();

    queue.work("greet").next().complete("world");

    queue.run(() -> {});
    assertThat(queue.lateReplies).containsExactly(heard.id());
    assertThat(heard.hasEnded()).isFalse();
  }

  @Test
  void task_without_result_runs_and_its_caller_hears_nothing_more() {
    QueueSide queue = open();
    Heard heard = queue.submit(task("greet", "hello").noResult());

    assertThat(queue.work("greet").next().complete("world")).isEqualTo(Settled.DONE);

    queue.run(() -> {});
    assertThat(heard.hasEnded()).isFalse();
    assertThat(queue.lateReplies).isEmpty();
  }
}
