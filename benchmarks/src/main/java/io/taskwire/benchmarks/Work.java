/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.time.Duration;

/** What one side does for one figure, once a round in each placement. */
@FunctionalInterface
interface Work {

  /** Measures for about this long. */
  Measurement run(Placement placement, Duration length);

  /** Whether there is the program that does it. */
  default boolean isPossible() {
    return true;
  }

  /** Whether it runs in a JVM that stays up, and gets faster while that is new. */
  default boolean warmsUp() {
    return true;
  }
}
