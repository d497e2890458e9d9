/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.HandlerOptions;
import io.taskwire.Registration;
import io.taskwire.TaskQueue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.BitSet;

/** The workers' side: a handler that checks a payload and gives it back. */
final class Echo {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Echo() {}

  /** Registers the handler and waits until the broker knows it. */
  static Registration serve(TaskQueue queue, String name, int concurrency) {
    return live(
        queue,
        queue.onAsync(
            Payload.task(name), HandlerOptions.create().concurrency(concurrency), payload -> {
              Payload.check(payload);
              return Future.succeededFuture(payload);
            }));
  }

  /** The same as blocking code. */
  static Registration serveBlocking(TaskQueue queue, String name, int concurrency) {
    return live(
        queue,
        queue.on(Payload.task(name), HandlerOptions.create().concurrency(concurrency), payload -> {
          Payload.check(payload);
          return payload;
        }));
  }

  private static Registration live(TaskQueue queue, Registration handler) {
    Waiting.on(queue.start(), LIMIT);
    Waiting.on(handler.live(), LIMIT);
    return handler;
  }

  /**
   * Empties a backlog whose payloads are numbered from zero, each of which must come exactly once. Takes the time from
   * the first task to the moment when all are settled and the handler is removed.
   */
  static Measurement drain(TaskQueue queue, String name, int concurrency, int count) {
    Waiting.on(queue.start(), LIMIT);
    Backlog backlog = new Backlog(count);
    Registration handler = queue.onAsync(
        Payload.task(name), HandlerOptions.create().concurrency(concurrency), payload -> {
          backlog.take(Payload.check(payload));
          return Future.succeededFuture(payload);
        });
    long first =
        Waiting.on(backlog.empty.future().compose(begun -> handler.remove().map(begun)), LIMIT);
    return Measurement.withoutLatencies(count, System.nanoTime() - first);
  }

  /** Which numbers have come; belongs to the queue's event loop. */
  private static final class Backlog {

    private final int count;
    private final BitSet seen;
    private final Promise<Long> empty = Promise.promise();
    private long first;
    private int taken;

    Backlog(int count) {
      this.count = count;
      this.seen = new BitSet(count);
    }

    void take(long number) {
      if (number >= count || seen.get((int) number)) {
        empty.tryFail("task " + number + " came twice, or was never submitted");
        return;
      }
      seen.set((int) number);
      if (taken++ == 0) {
        first = System.nanoTime();
      }
      if (taken == count) {
        empty.tryComplete(first);
      }
    }
  }
}
