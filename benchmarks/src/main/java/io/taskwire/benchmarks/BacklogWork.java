/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

/** How one side fills a backlog and works it off. */
@FunctionalInterface
interface BacklogWork {

  /** Submits this many tasks that nobody works on, then lets one worker empty the queue. */
  Measured run(int count);

  /** Whether there is the program that does it. */
  default boolean isPossible() {
    return true;
  }

  /** Whether it runs in a JVM that stays up, and gets faster while that is new. */
  default boolean warmsUp() {
    return true;
  }

  /** The two parts. */
  record Measured(Measurement submitted, Measurement drained) {}
}
