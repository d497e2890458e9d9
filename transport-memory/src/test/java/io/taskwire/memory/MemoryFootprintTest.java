/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.Priority;
import io.taskwire.TaskException;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryFootprintTest extends MemoryTestBase {

  private static final long TASKS = 80_000;
  private static final int BURST = 1_000;
  private static final int PAYLOAD = 64;
  private static final int ARRAY_HEADER = 16;

  @Test
  void a_task_that_waits_takes_at_most_150_bytes_beside_its_payload() {
    QueueSide queue = open();
    submit(queue, 5_000);
    long before = usedHeap();
    submit(queue, TASKS);
    long perTask = (usedHeap() - before) / TASKS;

    assertThat(perTask - PAYLOAD - ARRAY_HEADER).isBetween(0L, 150L);
  }

  private static void submit(QueueSide queue, long tasks) {
    Submission submission = new Submission(
        "nobody-handles-it",
        Buffer.buffer(new byte[PAYLOAD]),
        Submission.RAW,
        true,
        Priority.NORMAL,
        Duration.ZERO,
        null,
        null,
        null,
        Map.of());
    for (long sent = 0; sent < tasks; sent += BURST) {
      queue.run(() -> {
        for (int i = 0; i < BURST; i++) {
          queue.session.submit(submission, Indifferent.INSTANCE);
        }
      });
    }
    // Has its turn behind all that the listener hears.
    queue.run(() -> {});
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** One for all, so that only what the broker keeps is counted. */
  private enum Indifferent implements SubmitListener {
    INSTANCE;

    @Override
    public void accepted(AcceptedTask task) {}

    @Override
    public void rejected(TaskException cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void completed(Buffer result, Map<String, String> headers) {}

    @Override
    public void failed(Failure failure) {}

    @Override
    public void lost(TaskException cause) {}

    @Override
    public void progress(long done, long total) {}

    @Override
    public void data(Buffer chunk) {}
  }
}
