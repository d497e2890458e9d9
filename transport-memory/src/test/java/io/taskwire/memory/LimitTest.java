/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static io.taskwire.memory.QueueSide.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.FailureCode;
import io.taskwire.TaskException;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Settled;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitTest extends MemoryTestBase {

  private static final String JUST_RIGHT = "x".repeat(1_024);
  private static final String TOO_LARGE = JUST_RIGHT + "x";

  @Test
  void full_broker_rejects_until_a_task_is_done() {
    QueueSide queue = open("", Map.of(MemoryTransportProvider.MAX_TASKS, "2"));
    queue.submit("n", "1");
    queue.submit(task("n", "2").delay(java.time.Duration.ofDays(1)));

    TaskException cause = queue.send(task("n", "3")).rejection();

    assertThat(cause).isInstanceOf(TaskRejectedException.class).hasMessageContaining("maxTasks");
    assertThat(((TaskRejectedException) cause).reason()).isEqualTo(Reason.BROKER_FULL);
    assertThat(cause.taskName()).isEqualTo("n");
    assertThat(cause.isSafeToRetry()).isTrue();
    queue.work("n").next().complete("done");
    queue.submit("n", "4");
  }

  @Test
  void payload_that_is_too_large_is_rejected() {
    QueueSide queue = open("", Map.of(CoreOptions.MAX_PAYLOAD, "1024"));

    TaskException cause = queue.send(task("n", TOO_LARGE)).rejection();

    assertThat(cause).isInstanceOf(TaskRejectedException.class);
    assertThat(((TaskRejectedException) cause).reason()).isEqualTo(Reason.TOO_LARGE);
    queue.submit("n", JUST_RIGHT);
  }

  @Test
  void result_that_is_too_large_becomes_a_failure() {
    QueueSide queue = open("", Map.of(CoreOptions.MAX_PAYLOAD, "1024"));
    Heard heard = queue.submit("n", "x");

    assertThat(queue.work("n").next().complete(TOO_LARGE)).isEqualTo(Settled.DONE);

    assertThat(heard.failure().code()).isEqualTo(FailureCode.TOO_LARGE);
  }

  @Test
  void task_that_is_too_large_for_its_worker_fails_and_the_next_is_delivered() {
    QueueSide queue = open("limits");
    Heard heard = queue.submit("n", TOO_LARGE);
    queue.submit("n", JUST_RIGHT);

    Worker worker = open("limits", Map.of(CoreOptions.MAX_PAYLOAD, "1024")).work("n");

    assertThat(worker.next().payload()).isEqualTo(JUST_RIGHT);
    assertThat(heard.failure().code()).isEqualTo(FailureCode.TOO_LARGE);
  }

  @Test
  void result_that_is_too_large_for_its_caller_becomes_a_failure() {
    QueueSide queue = open("limits", Map.of(CoreOptions.MAX_PAYLOAD, "1024"));
    Heard heard = queue.submit("n", "x");

    open("limits").work("n").next().complete(TOO_LARGE);

    assertThat(heard.failure().code()).isEqualTo(FailureCode.TOO_LARGE);
  }
}
