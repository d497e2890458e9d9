/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.SubmitOptions;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.AsyncResult;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Submits the same payload many times with a bounded number under way, and counts.
 *
 * @param <T> payload and result
 */
final class ManySubmits<T> {

  /** Enough to keep a broker busy, few enough to be nothing for memory. */
  private static final int UNDER_WAY = 1_000;

  private final TaskQueue queue;
  private final TaskType<T, T> type;
  private final @Nullable T payload;
  private final SubmitOptions options;

  /** Acquired by the thread that submits, released by the event loop. */
  private final Semaphore free = new Semaphore(UNDER_WAY);

  // Written by the event loop; read by the submitting thread, for the sum only after it has
  // acquired all of free.
  private long failed;
  private volatile @Nullable Throwable first;

  ManySubmits(TaskQueue queue, TaskType<T, T> type, @Nullable T payload, SubmitOptions options) {
    this.queue = queue;
    this.type = type;
    this.payload = payload;
    this.options = options;
  }

  /**
   * Submits and waits for every result. Failed tasks don't stop it; an error that the next submit would meet too does.
   *
   * @return the exit code of the first failure
   */
  int run(long count, PrintStream report) throws InterruptedException {
    long begin = System.nanoTime();
    long submitted = 0;
    while (submitted < count && mayGoOn()) {
      free.acquire();
      queue.call(type, payload, options).onComplete(this::ended);
      submitted++;
    }
    free.acquire(UNDER_WAY);
    double seconds = (System.nanoTime() - begin) / 1e9;
    long done = submitted - failed;
    Throwable failure = first;
    if (failure != null) {
      report.println("taskwire: " + failure.getMessage());
    }
    report.println(String.format(
        Locale.ROOT,
        "%d of %d done in %.3f s, %.0f a second",
        done,
        count,
        seconds,
        done / seconds));
    return failure == null ? ExitCode.DONE : ExitCode.of(failure);
  }

  private boolean mayGoOn() {
    Throwable failure = first;
    if (failure == null) {
      return true;
    }
    int code = ExitCode.of(failure);
    return code == ExitCode.FAILED || code == ExitCode.TIMEOUT;
  }

  private void ended(AsyncResult<T> result) {
    if (result.failed()) {
      failed++;
      if (first == null) {
        first = result.cause();
      }
    }
    free.release();
  }
}
