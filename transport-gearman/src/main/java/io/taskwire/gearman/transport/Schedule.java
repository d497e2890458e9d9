/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What is to be done at certain times. One timer, for the first; none while there is nothing. */
final class Schedule {

  private static final long NO_TIMER = -1;

  /** Something to do; the order of adding decides between two of the same time. */
  record Entry(long dueNanos, long order, Runnable action) {}

  private final Vertx vertx;
  // Differences, because nanoTime may overflow.
  private final TreeSet<Entry> entries =
      new TreeSet<>(Comparator.<Entry>comparingLong(entry -> entry.dueNanos() - origin())
          .thenComparingLong(Entry::order));
  private final long origin = System.nanoTime();
  private long added;
  private long timer = NO_TIMER;
  private boolean closed;

  Schedule(Vertx vertx) {
    this.vertx = vertx;
  }

  private long origin() {
    return origin;
  }

  Entry after(Duration wait, Runnable action) {
    Entry entry = new Entry(System.nanoTime() + wait.toNanos(), added++, action);
    if (!closed) {
      entries.add(entry);
      if (entries.first().equals(entry)) {
        setTimer();
      }
    }
    return entry;
  }

  void remove(Entry entry) {
    if (entries.remove(entry) && entries.isEmpty()) {
      stopTimer();
    }
  }

  int size() {
    return entries.size();
  }

  private void setTimer() {
    stopTimer();
    if (!entries.isEmpty()) {
      long nanos = Math.max(0, entries.first().dueNanos() - System.nanoTime());
      // Rounded up: an early ring would find nothing due.
      timer =
          vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)), id -> ring());
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
    while (!entries.isEmpty() && entries.first().dueNanos() - now <= 0) {
      Entry due = entries.first();
      entries.remove(due);
      due.action().run();
    }
    setTimer();
  }

  /** Forgets everything, for good. */
  void close() {
    closed = true;
    entries.clear();
    stopTimer();
  }
}
