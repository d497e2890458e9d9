/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

/**
 * Which deliveries of a channel are settled, by their tags, which count from 1. Those of one turn of the event loop are
 * acknowledged together: without a gap to those before them by a single frame, which costs the broker one step in place of one
 * for each.
 */
final class Acknowledgements {

  /** Who writes them. */
  interface Frames {
    void ack(long tag, boolean multiple);
  }

  private static final int SMALLEST = 64;

  private static final byte OPEN = 0;
  private static final byte DUE = 1;
  private static final byte SETTLED = 2;

  private byte[] states = new byte[SMALLEST];

  /** The oldest that may not be settled at the broker, and the one behind the last that is known. */
  private long first = 1;

  private long next = 1;

  /** The last that is due. */
  private long lastDue;

  /** It is to be acknowledged with the rest. */
  void add(long tag) {
    if (set(tag, DUE)) {
      lastDue = Math.max(lastDue, tag);
    }
  }

  /** It was settled otherwise. */
  void settled(long tag) {
    set(tag, SETTLED);
  }

  private boolean set(long tag, byte state) {
    if (tag < first) {
      return false;
    }
    while (tag - first >= states.length) {
      grow();
    }
    states[index(tag)] = state;
    next = Math.max(next, tag + 1);
    return true;
  }

  private int index(long tag) {
    return (int) (tag & (states.length - 1));
  }

  private void grow() {
    byte[] larger = new byte[2 * states.length];
    for (long tag = first; tag < next; tag++) {
      larger[(int) (tag & (larger.length - 1))] = states[index(tag)];
    }
    states = larger;
  }

  /** Writes all that are due. */
  void write(Frames frames) {
    long together = 0;
    int count = 0;
    for (; first < next && states[index(first)] != OPEN; first++) {
      if (states[index(first)] == DUE) {
        together = first;
        count++;
      }
      states[index(first)] = OPEN;
    }
    if (count > 0) {
      frames.ack(together, count > 1);
    }
    for (long tag = first; tag <= lastDue; tag++) {
      if (states[index(tag)] == DUE) {
        states[index(tag)] = SETTLED;
        frames.ack(tag, false);
      }
    }
    lastDue = 0;
  }
}
