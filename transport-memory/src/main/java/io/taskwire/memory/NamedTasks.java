/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.Priority;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The tasks of one name that wait, and the consumers that wait for them. All under the broker's lock. */
final class NamedTasks {

  final String name;

  /** What the ids of the broker's tasks begin with. */
  final String idPrefix;

  private final ReadyTasks high = new ReadyTasks(this);
  private final ReadyTasks normal = new ReadyTasks(this);
  private final ReadyTasks low = new ReadyTasks(this);

  /** Consumers with free slots, the next in turn first; one that has none by then is passed over. */
  private final ArrayDeque<MemoryConsumer> free = new ArrayDeque<>();

  /** How many tasks of this name are not over, wherever they are. */
  int open;

  /** How many consumers there are. */
  int consumers;

  NamedTasks(String name, String idPrefix) {
    this.name = name;
    this.idPrefix = idPrefix;
  }

  ReadyTasks of(Priority priority) {
    return switch (priority) {
      case HIGH -> high;
      case NORMAL -> normal;
      case LOW -> low;
    };
  }

  @Nullable
  MemoryTask first() {
    MemoryTask task = high.first();
    if (task == null) {
      task = normal.first();
    }
    return task == null ? low.first() : task;
  }

  /** Lets a consumer wait for its turn, unless it does or has no free slot. */
  void offer(MemoryConsumer consumer) {
    if (consumer.takes() && !consumer.inTurn) {
      consumer.inTurn = true;
      free.addLast(consumer);
    }
  }

  @Nullable
  MemoryConsumer pollConsumer() {
    MemoryConsumer consumer;
    while ((consumer = free.poll()) != null) {
      consumer.inTurn = false;
      if (consumer.takes()) {
        return consumer;
      }
    }
    return null;
  }

  void forget(MemoryConsumer consumer) {
    if (consumer.inTurn) {
      consumer.inTurn = false;
      free.remove(consumer);
    }
  }
}
