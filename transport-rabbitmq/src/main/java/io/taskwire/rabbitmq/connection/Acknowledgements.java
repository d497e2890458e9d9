/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which deliveries of a channel are open, and which are to be acknowledged. Those of one turn of the event loop are acknowledged
 * together: all that are older than the oldest open one by a single frame, which costs the broker one step in place of one for each.
 * It remembers no more than what is open or due, however long the oldest is held.
 */
final class Acknowledgements {

  /** Who writes them. */
  interface Frames {
    void ack(long tag, boolean multiple);
  }

  private static final int SMALLEST = 64;

  /** By their tags, the oldest first: a channel counts its deliveries. */
  private final Set<Long> open = new LinkedHashSet<>();

  private long[] due = new long[SMALLEST];
  private int count;

  void delivered(long tag) {
    open.add(tag);
  }

  /** It is to be acknowledged with the rest. */
  void add(long tag) {
    open.remove(tag);
    if (count == due.length) {
      due = Arrays.copyOf(due, 2 * count);
    }
    due[count++] = tag;
  }

  /** It was settled otherwise. */
  void settled(long tag) {
    open.remove(tag);
  }

  /** Writes all that are due. */
  void write(Frames frames) {
    if (count == 0) {
      return;
    }
    Arrays.sort(due, 0, count);
    long oldestOpen = open.isEmpty() ? Long.MAX_VALUE : open.iterator().next();
    int together = 0;
    while (together < count && due[together] < oldestOpen) {
      together++;
    }
    if (together > 0) {
      frames.ack(due[together - 1], together > 1);
    }
    for (int i = together; i < count; i++) {
      frames.ack(due[i], false);
    }
    count = 0;
  }
}
