/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks for which something happens at a certain time, the next one first: a binary heap whose elements know their
 * place, so that a task with a deadline of an hour that is done after a millisecond leaves nothing behind.
 */
final class Schedule {

  /** Later than any time. */
  static final long NEVER = Long.MAX_VALUE;

  private final List<TaskTimes> heap = new ArrayList<>();

  void add(MemoryTask task, long due) {
    TaskTimes times = task.times();
    times.due = due;
    times.place = heap.size();
    heap.add(times);
    up(times);
  }

  void remove(MemoryTask task) {
    TaskTimes times = task.timesIfAny();
    if (times == null || times.place < 0) {
      return;
    }
    int place = times.place;
    times.place = -1;
    TaskTimes last = heap.remove(heap.size() - 1);
    if (last != times) {
      put(last, place);
      up(last);
      down(last);
    }
  }

  long nextDue() {
    return heap.isEmpty() ? NEVER : heap.get(0).due;
  }

  @Nullable
  MemoryTask pollDue(long now) {
    if (heap.isEmpty() || heap.get(0).due > now) {
      return null;
    }
    MemoryTask first = heap.get(0).task;
    remove(first);
    return first;
  }

  private void up(TaskTimes times) {
    int place = times.place;
    while (place > 0) {
      TaskTimes parent = heap.get((place - 1) / 2);
      if (!isBefore(times, parent)) {
        break;
      }
      int above = parent.place;
      put(parent, place);
      place = above;
    }
    put(times, place);
  }

  private void down(TaskTimes times) {
    int place = times.place;
    while (true) {
      int child = 2 * place + 1;
      if (child >= heap.size()) {
        break;
      }
      if (child + 1 < heap.size() && isBefore(heap.get(child + 1), heap.get(child))) {
        child++;
      }
      TaskTimes smaller = heap.get(child);
      if (!isBefore(smaller, times)) {
        break;
      }
      put(smaller, place);
      place = child;
    }
    put(times, place);
  }

  private void put(TaskTimes times, int place) {
    heap.set(place, times);
    times.place = place;
  }

  private static boolean isBefore(TaskTimes one, TaskTimes other) {
    return one.due < other.due || (one.due == other.due && one.task.number < other.task.number);
  }
}
