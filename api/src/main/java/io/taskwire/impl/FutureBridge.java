/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for futures on threads where {@link Future#await()} is refused although waiting is fine. */
final class FutureBridge {

  /** Between looks at a future, in nanoseconds; each pause is twice as long as the one before. */
  private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(10);

  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private FutureBridge() {}

  /** Waits; the failure is thrown as it is. */
  static <T> T await(Future<T> future) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          "this is an event loop, and waiting would stop it: compose the future (map,"
              + " compose, onSuccess), or call from a blocking handler, a virtual thread or executeBlocking");
    }
    if (!Context.isOnWorkerThread()) {
      return future.await();
    }
    // Vert.x runs each listener of a worker's future, mappings too, on that worker, which waits
    // here. What is left is to look whether it is complete.
    long pause = SHORTEST_PAUSE;
    while (!future.isComplete()) {
      LockSupport.parkNanos(pause);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while waiting for a task's future");
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
    if (future.succeeded()) {
      return future.result();
    }
    if (future.cause() instanceof RuntimeException failure) {
      throw failure;
    }
    throw new IllegalStateException(future.cause());
  }
}
