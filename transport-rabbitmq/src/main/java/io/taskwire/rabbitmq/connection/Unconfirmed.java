/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import org.jspecify.annotations.Nullable;

/** Publishes whose fate is not known, by their sequence number, which counts from 1. */
final class Unconfirmed {

  private static final int SMALLEST = 64;

  private @Nullable PublishListener[] slots = new PublishListener[SMALLEST];

  /** The oldest whose slot may be full, and the one that comes next. */
  private long first = 1;

  private long next = 1;
  private int count;

  /** Adds the next. */
  long add(PublishListener listener) {
    if (next - first == slots.length) {
      grow();
    }
    slots[index(next)] = listener;
    count++;
    return next++;
  }

  private int index(long number) {
    return (int) (number & (slots.length - 1));
  }

  private void grow() {
    @Nullable PublishListener[] larger = new PublishListener[slots.length * 2];
    for (long number = first; number < next; number++) {
      larger[(int) (number & (larger.length - 1))] = slots[index(number)];
    }
    slots = larger;
  }

  /** Takes one out; null if it is not there. */
  @Nullable
  PublishListener take(long number) {
    if (number < first || number >= next) {
      return null;
    }
    int index = index(number);
    PublishListener listener = slots[index];
    if (listener != null) {
      slots[index] = null;
      count--;
    }
    while (first < next && slots[index(first)] == null) {
      first++;
    }
    return listener;
  }

  /** The number of the oldest; that of the next if there is none. */
  long first() {
    return first;
  }

  /** The number of the one that comes next. */
  long next() {
    return next;
  }

  int count() {
    return count;
  }
}
