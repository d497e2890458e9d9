/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.proxy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** What bytes must pass before they go on; a test thread sets it, the threads of the links wait at it. */
final class Gate {

  private final Set<Direction> stalled = EnumSet.noneOf(Direction.class);
  private long delayNanos;

  synchronized void stall(Direction direction) {
    stalled.add(direction);
  }

  synchronized void resume() {
    stalled.clear();
    notifyAll();
  }

  synchronized void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  synchronized void pass(Direction direction) throws InterruptedException {
    long end = System.nanoTime() + delayNanos;
    while (true) {
      long left = end - System.nanoTime();
      if (stalled.contains(direction)) {
        wait();
      } else if (left > 0) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      } else {
        return;
      }
    }
  }
}
