/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.vertx.core.Context;
import java.util.Map;
import java.util.TreeMap;

/** What is to happen at some time, with one timer for all. */
final class Deadlines {

  /** A time, unlike any other. */
  record Deadline(long nanos, long number) implements Comparable<Deadline> {

    @Override
    public int compareTo(Deadline other) {
      // Times of this clock may only be compared by their difference.
      int order = Long.signum(nanos - other.nanos);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  /** Vert.x takes no longer timers on all its clocks; a longer wait is made of several. */
  private static final long LONGEST_MILLIS = 3_600_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Centuries: so that no time is so far away that the clock's numbers wrap around. */
  private static final long FARTHEST_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI / 2;

  private final Context context;
  private final TreeMap<Deadline, Runnable> actions = new TreeMap<>();
  private long numbers;
  private long timer = -1;
  private boolean closed;

  Deadlines(Context context) {
    this.context = context;
  }

  /** Has something done after a while, on the event loop. */
  Deadline in(long millis, Runnable action) {
    long wait = Math.min(Math.max(millis, 0), FARTHEST_MILLIS);
    Deadline deadline = new Deadline(System.nanoTime() + wait * NANOS_PER_MILLI, numbers++);
    actions.put(deadline, action);
    if (actions.firstKey().equals(deadline)) {
      setTimer();
    }
    return deadline;
  }

  void cancel(Deadline deadline) {
    actions.remove(deadline);
  }

  private void setTimer() {
    if (timer >= 0) {
      context.owner().cancelTimer(timer);
      timer = -1;
    }
    if (actions.isEmpty() || closed) {
      return;
    }
    long nanos = actions.firstKey().nanos() - System.nanoTime();
    long millis = Math.min(LONGEST_MILLIS, Math.max(0, nanos) / NANOS_PER_MILLI + 1);
    timer = context.owner().setTimer(millis, id -> {
      timer = -1;
      run();
    });
  }

  private void run() {
    long now = System.nanoTime();
    Map.Entry<Deadline, Runnable> first = actions.firstEntry();
    while (first != null && first.getKey().nanos() - now <= 0) {
      actions.remove(first.getKey());
      first.getValue().run();
      first = actions.firstEntry();
    }
    setTimer();
  }

  void close() {
    closed = true;
    actions.clear();
    setTimer();
  }
}
