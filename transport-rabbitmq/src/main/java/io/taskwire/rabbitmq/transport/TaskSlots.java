/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import java.util.ArrayDeque;

/**
 * How many tasks of one name are in the hands of their handler at once, over the consumers of all hosts. A broker sends a
 * consumer as many as its prefetch count allows; what has come and finds no slot waits here in turn.
 */
final class TaskSlots {

  private final int total;
  private final ArrayDeque<ReceivedTask> waiting = new ArrayDeque<>(0);
  private int taken;

  TaskSlots(int total) {
    this.total = total;
  }

  /** Begins the task, now or when it is its turn. */
  void offer(ReceivedTask task) {
    if (taken < total) {
      taken++;
      task.begin();
    } else {
      waiting.add(task);
    }
  }

  /** A task that was begun does not need its slot any more. */
  void free() {
    taken--;
    while (taken < total && !waiting.isEmpty()) {
      taken++;
      waiting.remove().begin();
    }
  }

  /** A task does not begin any more; false if it has. */
  boolean forget(ReceivedTask task) {
    return waiting.remove(task);
  }
}
