/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One limit for many: it is the same for all, so who came first is due first, and one timer serves them all. Belongs to one
 * event loop.
 *
 * @param <T> who is limited
 */
public final class TimeLimit<T> {

  private static final Duration LONGEST = Duration.ofDays(365);

  private final Vertx vertx;
  private final long limitNanos;
  private final Consumer<T> expired;

  /** To the time it is due, in {@link System#nanoTime}; the first is due first. */
  private final Map<T, Long> due = new LinkedHashMap<>();

  private boolean ticking;
  private long timer;

  /**
   * Starts empty.
   *
   * @param vertx has the timer
   * @param limit zero for none; a year counts for what is longer
   * @param expired called on the event loop; what it is given is out by then
   */
  public TimeLimit(Vertx vertx, Duration limit, Consumer<T> expired) {
    this.vertx = vertx;
    this.limitNanos = (limit.compareTo(LONGEST) > 0 ? LONGEST : limit).toNanos();
    this.expired = expired;
  }

  /**
   * Lets a fresh limit begin.
   *
   * @param one for whom
   */
  public void begin(T one) {
    if (limitNanos > 0) {
      due.remove(one);
      due.put(one, System.nanoTime() + limitNanos);
      if (!ticking) {
        tickAfter(limitNanos);
      }
    }
  }

  /**
   * Takes the limit away.
   *
   * @param one from whom; may have none
   */
  public void end(T one) {
    due.remove(one);
  }

  private void tickAfter(long nanos) {
    ticking = true;
    // Rounded up: an early tick would find nothing due.
    timer = vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, id -> tick());
  }

  private void tick() {
    try {
      expire(System.nanoTime());
    } finally {
      // Also after an exception: the others must not wait for ever.
      ticking = false;
      if (!due.isEmpty()) {
        tickAfter(Math.max(0, first().getValue() - System.nanoTime()));
      }
    }
  }

  private void expire(long now) {
    // The first is asked for anew each time: what the last one's end led to may have changed the
    // rest.
    while (!due.isEmpty() && first().getValue() - now <= 0) {
      T one = first().getKey();
      due.remove(one);
      expired.accept(one);
    }
  }

  private Map.Entry<T, Long> first() {
    return due.entrySet().iterator().next();
  }

  /** Forgets all. */
  public void close() {
    due.clear();
    if (ticking) {
      ticking = false;
      vertx.cancelTimer(timer);
    }
  }
}
