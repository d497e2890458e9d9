/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.TaskQueue;
import java.util.concurrent.CountDownLatch;

/**
 * SIGTERM and SIGINT, which the JVM turns into a shutdown: the queue, or what else there is, is closed first, then the
 * process ends with 0.
 */
final class StopSignal {

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private StopSignal(Runnable close) {
    hook = new Thread(
        () -> {
          close.run();
          closed.countDown();
          // Otherwise the exit code would be that of a process that a signal has killed.
          Runtime.getRuntime().halt(ExitCode.DONE);
        },
        "taskwire-drain");
  }

  /** Closes the queue when the signal comes. */
  static StopSignal closing(TaskQueue queue) {
    return closing(queue::close);
  }

  /** Does this when the signal comes, instead of closing a queue. */
  static StopSignal closing(Runnable close) {
    StopSignal signal = new StopSignal(close);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Waits until the signal has come and the queue is closed. */
  void await() throws InterruptedException {
    closed.await();
  }

  /**
   * Does no more at the signal.
   *
   * @return false if it has come already
   */
  boolean forget() {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return false; // the shutdown has begun
    }
  }
}
