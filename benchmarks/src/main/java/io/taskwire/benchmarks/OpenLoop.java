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
 * later, so that a stall shows in each call that it delays. All of it happens on the queue's event loop, which makes all
 * calls that are due whenever an answer comes, and else looks for them once a {@link #TICK_NANOS tick}; so does the C program.
 * Meant for one run.
 */
final class OpenLoop {

  /**
   * With more unanswered, calls wait, and their time runs; those of the C program do too. With thousands of jobs, gearmand takes
   * longer for each, and what has fallen behind for a moment would stay behind.
   */
  static final int MOST_IN_FLIGHT = 256;

  /**
   * How long it waits at least, if no answer comes, before it looks again for calls that are due. Without it the two sides
   * would not be paced alike: the kernel may wake the C program 50 µs late, and the event loop, which has a timer of another
   * kind, wakes on time. The wait counts in the latencies.
   */
  private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

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
      calls.tick();
    });
    return Waiting.on(calls.done.future(), length.plus(GRACE));
  }

  private void tick() {
    if (done.future().isComplete()) {
      return; // a call failed
    }
    long elapsed = System.nanoTime() - start;
    callWhatIsDue(elapsed);
    if (called < count) {
      long wait = Math.max(TICK_NANOS, dueAfter(called) - elapsed);
      Future<?> unused = loop.schedule(this::tick, wait, TimeUnit.NANOSECONDS);
    }
  }

  private void callWhatIsDue(long elapsed) {
    while (called < count && called - answered < MOST_IN_FLIGHT && dueAfter(called) <= elapsed) {
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
    long elapsed = System.nanoTime() - start;
    Latencies.record(latencies, elapsed - dueAfter(number));
    answered++;
    if (answered == count) {
      done.tryComplete(Measurement.of(latencies, elapsed));
    } else {
      callWhatIsDue(elapsed);
    }
  }

  /** When a call is due, in nanoseconds after the start. */
  private long dueAfter(long number) {
    return (long) (number / perNano);
  }
}
