/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

/** When something happens to a task by itself; most tasks have no such times. Under the broker's lock. */
final class TaskTimes {

  final MemoryTask task;

  /** By when a worker must have begun, {@link Schedule#NEVER} if there is no limit, or it was met. */
  long deadlineAt = Schedule.NEVER;

  /** What {@link Schedule} keeps. */
  long due;

  int place = -1;

  TaskTimes(MemoryTask task) {
    this.task = task;
  }
}
