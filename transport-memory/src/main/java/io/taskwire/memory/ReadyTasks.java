/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import org.jspecify.annotations.Nullable;

/**
 * The waiting tasks of one name and one priority in their order, linked through the tasks themselves, so that one can be
 * taken out of the middle.
 */
final class ReadyTasks {

  final NamedTasks named;

  private @Nullable MemoryTask first;
  private @Nullable MemoryTask last;

  ReadyTasks(NamedTasks named) {
    this.named = named;
  }

  boolean isEmpty() {
    return first == null;
  }

  @Nullable
  MemoryTask first() {
    return first;
  }

  void addLast(MemoryTask task) {
    insertAfter(last, task);
  }

  /** Puts a task where its order belongs; it walks past those only that came back before it. */
  void addInOrder(MemoryTask task) {
    MemoryTask before = null;
    MemoryTask at = first;
    while (at != null && at.order <= task.order) {
      before = at;
      at = at.next;
    }
    insertAfter(before, task);
  }

  private void insertAfter(@Nullable MemoryTask before, MemoryTask task) {
    MemoryTask after = before == null ? first : before.next;
    task.previous = before;
    task.next = after;
    if (before == null) {
      first = task;
    } else {
      before.next = task;
    }
    if (after == null) {
      last = task;
    } else {
      after.previous = task;
    }
  }

  void remove(MemoryTask task) {
    MemoryTask before = task.previous;
    MemoryTask after = task.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    task.previous = null;
    task.next = null;
  }
}
