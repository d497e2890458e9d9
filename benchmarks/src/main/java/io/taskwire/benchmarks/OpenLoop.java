/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Calls that are due at fixed times, whatever the answers do. Latencies count from when a call was due, also if it was made
 * later, so that a stall shows in each call that it delays. All of it happens on the queue's event loop, which waits for
 * answers and for the next time, whichever comes first, and then makes all calls that are due; so does the C program. Meant
 * for one run.
 */
final class OpenLoop {

  /**
   * With more unanswered, calls wait, and their time runs; those of the C program do too. With thousands of jobs, gearmand takes
   * longer for each, and what has fallen behind for a moment would stay behind.
   */
  static final int MOST_IN_FLIGHT = 256;

  private static final Duration GRACE = Duration.ofSeconds(60);

  // Of Netty, because Vert.x has no timers for less than a millisecond.
  private final ScheduledExecutorService loop;

  private final TaskQueue queue;
  private final TaskType<byte[], byte[]> task;
  private final double perNano;
  private final long count;
  private final Histogram latencies = Latencies.histogram();
  private final Promise<Measurement> done = Promise.promise();
  private long start;
  private long called;
  private long answered;

  private OpenLoop(Context context, TaskQueue queue, String name, long perSecond, Duration length) {
    this.loop = ((ContextInternal) context).nettyEventLoop();
    this.queue = queue;
    this.task = Payload.task(name);
    this.perNano = perSecond / 1e9;
    this.count = Math.max(1, perSecond * length.toMillis() / 1000);
  }

  /** Must not be called on the event loop. */
  static Measurement run(
      Context context, TaskQueue queue, String name, long perSecond, Duration length) {
    OpenLoop calls = new OpenLoop(context, queue, name, perSecond, length);
    calls.loop.execute(() -> {
      calls.start = System.nanoTime();
      calls.callWhatIsDue();
    });
    return Waiting.on(calls.done.future(), length.plus(GRACE));
  }

  /** And comes back when the next is due, or when there is room for it. */
  private void callWhatIsDue() {
    long elapsed = System.nanoTime() - start;
    while (called < count && called - answered < MOST_IN_FLIGHT && dueAfter(called) <= elapsed) {
      long number = called++;
      byte[] payload = new byte[Payload.SIZE];
      Payload.write(payload, number);
      queue.call(task, payload).onComplete(answer -> answered(answer, number));
    }
    if (called < count && called - answered < MOST_IN_FLIGHT) {
      Future<?> unused =
          loop.schedule(this::callWhatIsDue, dueAfter(called) - elapsed, TimeUnit.NANOSECONDS);
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
    long elapsed = System.nanoTime() - start;
    Latencies.record(latencies, elapsed - dueAfter(number));
    boolean hadNoRoom = called - answered == MOST_IN_FLIGHT;
    answered++;
    if (answered == count) {
      done.tryComplete(Measurement.of(latencies, elapsed));
    } else if (hadNoRoom) {
      callWhatIsDue();
    }
  }

  /** When a call is due, in nanoseconds after the start. */
  private long dueAfter(long number) {
    return (long) (number / perNano);
  }
}
