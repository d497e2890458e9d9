/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Calls that are due at fixed times, whatever the answers do. Latencies count from when a call was due, also if it was made
 * later, so that a stall shows in each call that it delays. A plain thread keeps the time and wakes the queue's event loop,
 * on which everything else happens. Meant for one run.
 */
final class OpenLoop {

  /** With more unanswered, calls wait; those of the C program do too. */
  private static final int MOST_IN_FLIGHT = 16_384;

  private static final Duration GRACE = Duration.ofSeconds(60);

  private final TaskQueue queue;
  private final TaskType<byte[], byte[]> task;
  private final double perNano;
  private final long count;
  private final Histogram latencies = Latencies.histogram();
  private final Promise<Measurement> done = Promise.promise();
  private final long start = System.nanoTime();
  private long called;
  private long answered;

  private OpenLoop(TaskQueue queue, String name, long perSecond, Duration length) {
    this.queue = queue;
    this.task = Payload.task(name);
    this.perNano = perSecond / 1e9;
    this.count = Math.max(1, perSecond * length.toMillis() / 1000);
  }

  /** Must not be called on the event loop. */
  static Measurement run(
      Context loop, TaskQueue queue, String name, long perSecond, Duration length) {
    return new OpenLoop(queue, name, perSecond, length).run(loop, length);
  }

  private Measurement run(Context loop, Duration length) {
    for (long next = 0; next < count; next = dueAt(System.nanoTime())) {
      LockSupport.parkNanos(dueTime(next) - System.nanoTime());
      loop.runOnContext(woken -> callWhatIsDue());
    }
    return Waiting.on(done.future(), length.plus(GRACE));
  }

  private void callWhatIsDue() {
    long due = Math.min(count, dueAt(System.nanoTime()));
    while (called < due && called - answered < MOST_IN_FLIGHT) {
      long number = called++;
      byte[] payload = new byte[Payload.SIZE];
      Payload.write(payload, number);
      queue.call(task, payload).onComplete(answer -> answered(answer, number));
    }
  }

  private void answered(AsyncResult<byte[]> answer, long number) {
    if (answer.failed()) {
      done.tryFail(answer.cause());
      return;
    }
    try {
      Payload.check(answer.result(), number, Payload.SIZE);
    } catch (RuntimeException e) {
      done.tryFail(e);
      return;
    }
    long now = System.nanoTime();
    Latencies.record(latencies, now - dueTime(number));
    answered++;
    if (answered == count) {
      done.tryComplete(Measurement.of(latencies, now - start));
    } else if (called - answered == MOST_IN_FLIGHT - 1) {
      callWhatIsDue();
    }
  }

  /** How many calls are due by then. */
  private long dueAt(long now) {
    return (long) ((now - start) * perNano) + 1;
  }

  private long dueTime(long number) {
    return start + (long) (number / perNano);
  }
}
