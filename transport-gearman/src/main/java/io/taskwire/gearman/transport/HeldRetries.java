/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.spi.Schedule;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that are to be tried again later. A server has no delay for them, and a foreground job cannot be submitted again
 * without losing its caller: so the worker keeps them, as the server's running jobs, and only for a while.
 */
final class HeldRetries {

  /** As long as that a worker may hold a job. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  /** How soon a slot is looked for again. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Schedule schedule;
  private final int most;
  private final Predicate<GearmanDelivery> begin;
  private final Map<GearmanDelivery, Schedule.Entry> held = new HashMap<>();

  /** Held long enough; they wait for a slot. */
  private final ArrayDeque<GearmanDelivery> due = new ArrayDeque<>();

  private Schedule.@Nullable Entry look;

  /**
   * Holds nothing yet.
   *
   * @param most how many at once
   * @param begin hands a job out once more; false if no slot is free
   */
  HeldRetries(Schedule schedule, int most, Predicate<GearmanDelivery> begin) {
    this.schedule = schedule;
    this.most = most;
    this.begin = begin;
  }

  /** Says why one more cannot be held; null if it can. */
  @Nullable
  String refuse(Duration delay) {
    if (delay.compareTo(LONGEST) > 0) {
      return "it asked for another attempt after " + delay.toMillis() / 1000.0
          + " s, and over Gearman a worker holds a task for at most " + LONGEST.toSeconds() + " s";
    }
    return held.size() + due.size() >= most
        ? "it asked for another attempt, and this worker holds " + most
            + " tasks for theirs already, as many as its concurrency"
        : null;
  }

  void hold(GearmanDelivery delivery, Duration delay) {
    held.put(delivery, schedule.after(delay, () -> {
      held.remove(delivery);
      if (!due.isEmpty() || !begin.test(delivery)) {
        due.add(delivery);
        lookLater();
      }
    }));
  }

  private void lookLater() {
    if (look == null) {
      look = schedule.after(PAUSE, () -> {
        look = null;
        while (!due.isEmpty() && begin.test(due.peek())) {
          due.remove();
        }
        if (!due.isEmpty()) {
          lookLater();
        }
      });
    }
  }

  /** Gives the next one for a slot that has become free, null if none is due. */
  @Nullable
  GearmanDelivery nextDue() {
    return due.poll();
  }

  /** The connection is closed, and all of them are the server's again. */
  void clear() {
    held.values().forEach(schedule::remove);
    held.clear();
    due.clear();
    if (look != null) {
      schedule.remove(look);
      look = null;
    }
  }
}
