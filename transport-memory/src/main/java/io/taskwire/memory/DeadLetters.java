/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.TaskStatus;
import io.taskwire.spi.Failure;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks that a broker has set aside, oldest first: those that a handler rejected or that failed with nobody waiting,
 * and those that were delivered {@code maxAttempts} times. At most {@code maxDeadLetters}; beyond that the oldest is
 * dropped, and logged.
 */
public final class DeadLetters {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private record Entry(MemoryTask task, Failure failure) {}

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();

  DeadLetters() {}

  /**
   * Looks into the broker that the queues of {@code memory:name} share. Safe to call from any thread.
   *
   * @param broker the name, not empty
   * @return a copy, oldest first; empty if no queue of that name is open
   */
  public static List<DeadLetter> of(String broker) {
    return Brokers.deadLetters(broker);
  }

  void add(MemoryTask task, Failure failure, int limit) {
    task.state = TaskStatus.State.DEAD;
    entries.addLast(new Entry(task, failure));
    while (entries.size() > limit) {
      MemoryTask oldest = entries.removeFirst().task();
      oldest.state = TaskStatus.State.UNKNOWN;
      LOG.warn(
          "dead letter of task \"{}\" ({}) dropped: there are more than {}={}",
          oldest.name(),
          oldest.id(),
          MemoryTransportProvider.MAX_DEAD_LETTERS.key(),
          limit);
    }
  }

  List<DeadLetter> copy() {
    List<DeadLetter> all = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      MemoryTask task = entry.task();
      all.add(new DeadLetter(
          task.name(),
          task.id(),
          Buffer.buffer(task.payload),
          task.headers,
          task.attempts,
          entry.failure()));
    }
    return List.copyOf(all);
  }
}
