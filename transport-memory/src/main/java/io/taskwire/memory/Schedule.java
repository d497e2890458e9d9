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

  private final List<MemoryTask> heap = new ArrayList<>();

  void add(MemoryTask task, long due) {
    task.due = due;
    task.duePlace = heap.size();
    heap.add(task);
    up(task);
  }

  void remove(MemoryTask task) {
    int place = task.duePlace;
    if (place < 0) {
      return;
    }
    task.duePlace = -1;
    MemoryTask last = heap.remove(heap.size() - 1);
    if (last != task) {
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
    MemoryTask first = heap.get(0);
    remove(first);
    return first;
  }

  private void up(MemoryTask task) {
    int place = task.duePlace;
    while (place > 0) {
      MemoryTask parent = heap.get((place - 1) / 2);
      if (!isBefore(task, parent)) {
        break;
      }
      int above = parent.duePlace;
      put(parent, place);
      place = above;
    }
    put(task, place);
  }

  private void down(MemoryTask task) {
    int place = task.duePlace;
    while (true) {
      int child = 2 * place + 1;
      if (child >= heap.size()) {
        break;
      }
      if (child + 1 < heap.size() && isBefore(heap.get(child + 1), heap.get(child))) {
        child++;
      }
      MemoryTask smaller = heap.get(child);
      if (!isBefore(smaller, task)) {
        break;
      }
      put(smaller, place);
      place = child;
    }
    put(task, place);
  }

  private void put(MemoryTask task, int place) {
    heap.set(place, task);
    task.duePlace = place;
  }

  private static boolean isBefore(MemoryTask one, MemoryTask other) {
    return one.due < other.due || (one.due == other.due && one.number < other.number);
  }
}
