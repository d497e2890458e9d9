/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandOverTest extends MemoryTestBase {

  @Test
  void chain_of_a_hundred_thousand_tasks_is_a_loop_and_not_a_recursion() {
    EchoLoop echo = new EchoLoop(open(), 1);

    QueueSide.within(echo.callInWindow("n", 100_000, 1));
  }

  @Test
  void endless_chain_leaves_the_event_loop_to_others() {
    QueueSide queue = open();
    Future<Void> done = new EchoLoop(queue, 16).callInWindow("n", 500_000, 16);
    AtomicInteger turns = new AtomicInteger();
    queue.context.runOnContext(new io.vertx.core.Handler<>() {
      @Override
      public void handle(Void nothing) {
        if (!done.isComplete()) {
          turns.incrementAndGet();
          queue.context.runOnContext(this);
        }
      }
    });

    QueueSide.within(done);

    assertThat(turns.get()).isGreaterThan(50);
  }

  @Test
  void nobody_is_called_back_from_inside_a_submit() {
    QueueSide queue = open();
    queue.work("n");
    Heard heard = new Heard(queue);

    boolean told = queue.call(() -> {
      queue.session.submit(QueueSide.task("n", "x").build(), heard);
      return heard.hasEnded();
    });

    assertThat(told).isFalse();
    assertThat(heard.task()).isNotNull();
  }

  @Test
  void listener_that_throws_does_not_keep_the_next_from_hearing() {
    QueueSide queue = open("", Map.of());
    Worker worker = queue.work("n", 2);
    queue.run(() -> queue.session.submit(QueueSide.task("n", "x").build(), new Heard(queue) {
      @Override
      public void accepted(io.taskwire.spi.AcceptedTask task) {
        throw new IllegalArgumentException("thrown by the test");
      }
    }));

    assertThat(worker.next().payload()).isEqualTo("x");
    queue.submit("n", "y");
    assertThat(worker.next().payload()).isEqualTo("y");
  }
}
