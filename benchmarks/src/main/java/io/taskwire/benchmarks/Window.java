/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a fixed number of tasks under way: whenever one ends, the next is submitted from its callback, on the queue's
 * event loop. Meant for one run.
 */
abstract class Window<R> {

  private static final Duration GRACE = Duration.ofSeconds(60);

  /** One task in so many is timed: two looks at the clock for each would be a part of what is measured. */
  private static final int TIMED = 8;

  private final int size;
  private final int payloadSize;
  private final Histogram latencies = Latencies.histogram();
  private final Promise<Measurement> done = Promise.promise();
  private long submitted;
  private long start;

  /** How far the clock was when somebody looked last. */
  private long elapsed;

  private int open;

  Window(int size, int payloadSize) {
    this.size = size;
    this.payloadSize = payloadSize;
  }

  /** Submits a task; what it gives completes when its place in the window is free again. */
  abstract Future<R> submit(byte[] payload);

  /** Checks what came back. */
  abstract void check(R answer, long number);

  /** Whether to submit one more. */
  abstract boolean goesOn(long alreadySubmitted, long elapsedNanos);

  /** Runs to the end. Must not be called on the event loop, on which everything else happens. */
  Measurement run(Context loop, Duration expected) {
    loop.runOnContext(onLoop -> begin());
    return Waiting.on(done.future(), expected.plus(GRACE));
  }

  private void begin() {
    start = System.nanoTime();
    for (int i = 0; i < size && goesOn(submitted, 0); i++) {
      open++;
      new Place().next();
    }
  }

  /** One of the tasks under way; its array and its object serve one task after the other. */
  private final class Place implements Completable<R> {

    private final byte[] payload = new byte[payloadSize];
    private long number;
    private long submittedAt;

    void next() {
      number = submitted++;
      if (isTimed()) {
        submittedAt = System.nanoTime();
      }
      Payload.write(payload, number);
      submit(payload).onComplete(this);
    }

    private boolean isTimed() {
      return number % TIMED == 0;
    }

    @Override
    public void complete(R answer, @Nullable Throwable failure) {
      if (failure != null) {
        done.tryFail(failure);
        return;
      }
      try {
        check(answer, number);
      } catch (RuntimeException e) {
        done.tryFail(e);
        return;
      }
      if (isTimed()) {
        long now = System.nanoTime();
        Latencies.record(latencies, now - submittedAt);
        elapsed = now - start;
      }
      if (goesOn(submitted, elapsed)) {
        next();
      } else if (--open == 0) {
        done.tryComplete(Measurement.of(submitted, System.nanoTime() - start, latencies));
      }
    }
  }
}
