/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Half of the rate that Taskwire reaches where everything is placed in the same way. */
final class HalfRate {

  private static final Duration SHORT = Duration.ofMillis(500);

  private final Side side;
  private final Work work;
  private final Map<Placement, Double> last = new EnumMap<>(Placement.class);

  HalfRate(Side side, Work work) {
    this.side = side;
    this.work = work;
  }

  /** Of the rounds before; measured now where nobody did, so that the warm-up's figure does not stay. */
  double now(Placement placement) {
    double whole = side.isMeasured(placement)
        ? side.rate(placement)
        : work.run(placement, SHORT).perSecond();
    last.put(placement, whole / 2);
    return whole / 2;
  }

  /** What {@link #now} gave last, for who works beside it. */
  double asBefore(Placement placement) {
    return last.getOrDefault(placement, Double.NaN);
  }
}
