/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits of a test thread, all of them limited. */
public final class Await {

  /** How long anything may take that is not slow by itself. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private Await() {}

  /**
   * Waits for the value of a future.
   *
   * @param future the future
   * @param <T> its value
   * @return the value
   * @throws AssertionError if it is not complete in time; what it fails with is thrown as it is
   */
  public static <T> T value(Future<T> future) {
    try {
      return future.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the future is still pending after " + LIMIT, e);
    }
  }

  /**
   * Waits for the failure of a future.
   *
   * @param future the future
   * @param type what it is expected to fail with
   * @param <E> the same
   * @return the failure
   * @throws AssertionError if it does not fail in time, or with something else
   */
  public static <E extends Throwable> E failure(Future<?> future, Class<E> type) {
    Throwable failure = failure(future);
    if (type.isInstance(failure)) {
      return type.cast(failure);
    }
    throw new AssertionError(
        "failed with " + failure + ", where " + type.getSimpleName() + " was expected", failure);
  }

  /**
   * Waits for the failure of a future.
   *
   * @param future the future
   * @return the failure
   * @throws AssertionError if it does not fail in time
   */
  public static Throwable failure(Future<?> future) {
    done(future);
    Throwable failure = future.cause();
    if (failure == null) {
      throw new AssertionError(
          "succeeded with " + future.result() + ", where a failure was expected");
    }
    return failure;
  }

  /**
   * Waits until a future is complete, one way or the other.
   *
   * @param future the future
   * @throws AssertionError if it is not in time
   */
  public static void done(Future<?> future) {
    if (future.isComplete()) {
      return;
    }
    value(future.transform(outcome -> Future.succeededFuture(outcome.succeeded())));
  }

  /**
   * Waits until all of some futures are complete, one way or the other.
   *
   * @param futures the futures
   * @throws AssertionError if one is not in time
   */
  public static void allDone(Iterable<? extends Future<?>> futures) {
    futures.forEach(Await::done);
  }

  /**
   * Waits for what a queue holds next.
   *
   * @param queue the queue
   * @param <T> what it holds
   * @return its first element, taken out
   * @throws AssertionError if none comes in time
   */
  public static <T> T next(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("nothing came within " + LIMIT);
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting", e);
    }
  }

  /**
   * Waits for a condition that no future tells of.
   *
   * @param what the condition in words, for the message
   * @param condition the condition
   * @throws AssertionError if it does not come true in time
   */
  public static void until(String what, BooleanSupplier condition) {
    if (!within(LIMIT, condition)) {
      throw new AssertionError("not within " + LIMIT + ": " + what);
    }
  }

  /**
   * Waits for a condition for a limited time.
   *
   * @param limit how long
   * @param condition the condition
   * @return whether it came true
   */
  public static boolean within(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return condition.getAsBoolean();
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }
}
