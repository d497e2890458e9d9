/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All time limits of a queue on one timer: adding and removing take constant time and allocate nothing. A limit passes up
 * to one tick late, never early. The timer stands still while no limit is set.
 */
final class TimerWheel {

  static final int TICK_MILLIS = 10;
  private static final int SLOTS = 1024;

  /** Calls back on the event loop, once for each time it is set and not cancelled. */
  interface Alarm {
    /** Returns what cancels it. */
    long set(long delayMillis, Runnable action);

    void cancel(long id);
  }

  private final Alarm alarm;
  private final LongSupplier millis;
  private final @Nullable TimedTask[] slots = new TimedTask[SLOTS];
  private final Runnable advance = this::advance;

  /** All slots up to this tick have been looked at. */
  private long doneTick;

  /** When the alarm rings next; {@code Long.MAX_VALUE} if it is not set. */
  private long alarmTick = Long.MAX_VALUE;

  private long alarmId;
  private int size;

  /**
   * Makes an empty wheel.
   *
   * @param alarm rings
   * @param millis a clock that never goes back
   */
  TimerWheel(Alarm alarm, LongSupplier millis) {
    this.alarm = alarm;
    this.millis = millis;
    this.doneTick = millis.getAsLong() / TICK_MILLIS;
  }

  int size() {
    return size;
  }

  /** Sets or changes the limit of a task, from now. */
  void add(TimedTask task, Duration limit) {
    long now = millis.getAsLong();
    if (size == 0) {
      doneTick = now / TICK_MILLIS;
    }
    long due = Math.max(doneTick + 1, ceilTick(saturatedSum(now, limit)));
    if (task.armed && task.slotTick > doneTick && task.slotTick <= due) {
      task.dueTick =
          due; // a limit that is put off costs nothing until the old one would have passed
      return;
    }
    remove(task);
    task.dueTick = due;
    task.armed = true;
    link(task);
    size++;
    ringAt(due, now);
  }

  private void link(TimedTask task) {
    task.slotTick = task.dueTick;
    int slot = slot(task.slotTick);
    TimedTask head = slots[slot];
    task.later = head;
    if (head != null) {
      head.earlier = task;
    }
    slots[slot] = task;
  }

  /** Takes the limit of a task back, if it has one. */
  void remove(TimedTask task) {
    if (task.armed) {
      task.armed = false;
      if (task.slotTick > doneTick) {
        unlink(task);
        size--;
      }
    }
  }

  private void advance() {
    alarmTick = Long.MAX_VALUE;
    long now = millis.getAsLong();
    long tick = now / TICK_MILLIS;
    List<TimedTask> due = new ArrayList<>();
    long from = Math.max(doneTick + 1, tick - SLOTS + 1);
    for (long at = from; at <= tick; at++) {
      TimedTask task = slots[slot(at)];
      while (task != null) {
        TimedTask next = task.later;
        if (task.dueTick <= tick) {
          unlink(task);
          size--;
          due.add(task);
        } else if (task.slotTick <= tick) {
          unlink(task);
          link(task);
        }
        task = next;
      }
    }
    doneTick = Math.max(doneTick, tick);
    for (TimedTask task : due) {
      if (task.armed) { // not taken back by one of those told before it
        task.armed = false;
        task.expired();
      }
    }
    ringAtNextTask();
  }

  private void ringAtNextTask() {
    if (size == 0) {
      return;
    }
    for (long at = doneTick + 1; at <= doneTick + SLOTS; at++) {
      if (slots[slot(at)] != null) {
        ringAt(at, millis.getAsLong());
        return;
      }
    }
  }

  private void ringAt(long tick, long now) {
    long at = Math.min(tick, doneTick + SLOTS);
    if (at < alarmTick) {
      if (alarmTick != Long.MAX_VALUE) {
        alarm.cancel(alarmId);
      }
      alarmTick = at;
      alarmId = alarm.set(Math.max(1, at * TICK_MILLIS - now), advance);
    }
  }

  /** Stops the timer; limits that are set never pass. */
  void stop() {
    if (alarmTick != Long.MAX_VALUE) {
      alarm.cancel(alarmId);
    }
    alarmTick = Long.MIN_VALUE;
  }

  private void unlink(TimedTask task) {
    TimedTask earlier = task.earlier;
    TimedTask later = task.later;
    if (earlier == null) {
      slots[slot(task.slotTick)] = later;
    } else {
      earlier.later = later;
    }
    if (later != null) {
      later.earlier = earlier;
    }
    task.earlier = null;
    task.later = null;
  }

  private static int slot(long tick) {
    return (int) (tick & (SLOTS - 1));
  }

  private static long ceilTick(long dueMillis) {
    return dueMillis / TICK_MILLIS + (dueMillis % TICK_MILLIS == 0 ? 0 : 1);
  }

  private static long saturatedSum(long now, Duration limit) {
    long most = Long.MAX_VALUE / 2;
    return limit.compareTo(Duration.ofMillis(most)) > 0 ? most : now + limit.toMillis();
  }
}
