/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static io.taskwire.memory.QueueSide.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.Progress;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest extends MemoryTestBase {

  @Test
  void progress_and_data_reach_the_caller_in_order_and_before_the_result() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "x");
    Worker.Held held = queue.work("n").next();

    queue.run(() -> {
      Future<Void> unused = held.delivery.progress(1, 3);
      unused = held.delivery.data(Buffer.buffer("chunk"));
      unused = held.delivery.progress(3, 3);
    });
    held.complete("done");

    assertThat(heard.result()).isEqualTo("done");
    assertThat(heard.reports).isEqualTo(List.of("1/3", "chunk", "3/3"));
  }

  @Test
  void every_caller_that_joined_gets_them() {
    QueueSide queue = open();
    Heard one = queue.submit(task("n", "x").unique("k"));
    Heard two = queue.submit(task("n", "x").unique("k"));
    Worker.Held held = queue.work("n").next();

    queue.await(() -> held.delivery.data(Buffer.buffer("chunk")));

    assertThat(one.reports).containsExactly("chunk");
    assertThat(two.reports).containsExactly("chunk");
  }

  @Test
  void next_chunk_may_be_sent_when_the_caller_has_the_last() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "x");
    Worker.Held held = queue.work("n").next();

    Future<Void> sent = queue.call(() -> {
      Future<Void> pending = held.delivery.data(Buffer.buffer("chunk"));
      assertThat(pending.isComplete()).isFalse();
      assertThat(heard.reports).isEmpty();
      return pending;
    });

    QueueSide.within(sent);
    assertThat(heard.reports).containsExactly("chunk");
  }

  @Test
  void reports_for_nobody_are_done_at_once() {
    QueueSide queue = open();
    queue.submit(task("n", "x").noResult());
    Worker.Held held = queue.work("n").next();

    assertThat(queue.call(() -> held.delivery.data(Buffer.buffer("chunk")).succeeded()))
        .isTrue();
  }

  @Test
  void changing_a_chunk_after_sending_does_not_change_it() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "x");
    Worker.Held held = queue.work("n").next();
    Buffer chunk = Buffer.buffer("chunk");

    queue.await(() -> {
      Future<Void> sent = held.delivery.data(chunk);
      chunk.setString(0, "CHUNK");
      return sent;
    });

    assertThat(heard.reports).containsExactly("chunk");
  }

  @Test
  void settled_delivery_reports_no_more() {
    QueueSide queue = open();
    queue.submit("n", "x");
    Worker.Held held = queue.work("n").next();
    held.complete("done");

    assertThatThrownBy(() -> queue.await(() -> held.delivery.progress(1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("settled");
    assertThatThrownBy(() -> queue.await(() -> held.delivery.data(Buffer.buffer("x"))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void status_has_the_last_progress() {
    QueueSide queue = open();
    Heard heard = queue.submit("n", "x");
    Worker.Held held = queue.work("n").next();
    assertThat(heard.status().progress()).isNull();

    queue.await(() -> held.delivery.progress(2, 3));

    assertThat(heard.status().progress()).isEqualTo(new Progress(2, 3));
  }
}
