/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What is to be done at certain times, on the event loop. One timer, for the first; none while there is nothing. */
public final class Schedule {

  private static final long NO_TIMER = -1;

  /** Vert.x takes no longer timers on all its clocks; a longer wait is made of several. */
  private static final long LONGEST_TIMER_MILLIS = 3_600_000;

  /** Centuries: so that no time is so far away that the clock's numbers wrap around. */
  private static final Duration FARTHEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  /**
   * Something to do; the order of adding decides between two of the same time.
   *
   * @param dueNanos when, as {@link System#nanoTime} counts
   * @param order how many were added before
   * @param action what
   */
  public record Entry(long dueNanos, long order, Runnable action) {}

  private final Vertx vertx;
  // Differences, because nanoTime may overflow.
  private final TreeSet<Entry> entries =
      new TreeSet<>(Comparator.<Entry>comparingLong(entry -> entry.dueNanos() - origin())
          .thenComparingLong(Entry::order));
  private final long origin = System.nanoTime();
  private long added;
  private long timer = NO_TIMER;
  private boolean closed;

  /**
   * Creates an empty one.
   *
   * @param vertx whose timers are used
   */
  public Schedule(Vertx vertx) {
    this.vertx = vertx;
  }

  private long origin() {
    return origin;
  }

  /**
   * Has something done after a while.
   *
   * @param wait none if it is negative; centuries count for what is longer
   * @param action what to do then
   * @return to be removed when it is not wanted any more
   */
  public Entry after(Duration wait, Runnable action) {
    Entry entry = new Entry(System.nanoTime() + nanos(wait), added++, action);
    if (!closed) {
      entries.add(entry);
      if (entries.first().equals(entry)) {
        setTimer();
      }
    }
    return entry;
  }

  private static long nanos(Duration wait) {
    return wait.compareTo(FARTHEST) > 0 ? FARTHEST.toNanos() : Math.max(0, wait.toNanos());
  }

  /**
   * Takes something out, if it was not done yet.
   *
   * @param entry what {@link #after} gave
   */
  public void remove(Entry entry) {
    if (entries.remove(entry) && entries.isEmpty()) {
      stopTimer();
    }
  }

  /**
   * Counts what is to be done.
   *
   * @return how many
   */
  public int size() {
    return entries.size();
  }

  private void setTimer() {
    stopTimer();
    if (!entries.isEmpty()) {
      long nanos = Math.max(0, entries.first().dueNanos() - System.nanoTime());
      // Rounded up: an early ring would find nothing due.
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
      timer = vertx.setTimer(Math.min(LONGEST_TIMER_MILLIS, millis), id -> ring());
    }
  }

  private void stopTimer() {
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  private void ring() {
    timer = NO_TIMER;
    long now = System.nanoTime();
    try {
      while (!entries.isEmpty() && entries.first().dueNanos() - now <= 0) {
        Entry due = entries.first();
        entries.remove(due);
        due.action().run();
      }
    } finally {
      // Also after an exception: the others must not wait for ever.
      setTimer();
    }
  }

  /** Forgets everything, for good. */
  public void close() {
    closed = true;
    entries.clear();
    stopTimer();
  }
}
