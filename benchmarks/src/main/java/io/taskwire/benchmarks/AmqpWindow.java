/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is under way on a channel of the bare client; the thread that publishes meets the client's threads here. */
final class AmqpWindow {

  private static final int LIMIT_SECONDS = 30;

  private final Semaphore free;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final int size;

  AmqpWindow(int size) {
    this.size = size;
    this.free = new Semaphore(size);
  }

  /** Waits for a free place and takes it. */
  void take() {
    take(1);
  }

  /** Waits until all places are free. */
  void takeAll() {
    take(size);
  }

  private void take(int places) {
    try {
      boolean taken = free.tryAcquire(places);
      for (int i = 0; i < LIMIT_SECONDS && !taken && failure.get() == null; i++) {
        taken = free.tryAcquire(places, 1, TimeUnit.SECONDS);
      }
      Exception cause = failure.get();
      if (cause != null) {
        throw new IllegalStateException(cause);
      }
      if (!taken) {
        throw new IllegalStateException("no answer within " + LIMIT_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void free() {
    free.release();
  }

  /** Ends the measurement with this as its reason. */
  void fail(Exception cause) {
    failure.compareAndSet(null, cause);
  }
}
