/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Half of the rate that Taskwire reached in the rounds before; measured here where nobody else did. */
final class HalfRate implements ToDoubleFunction<Placement> {

  private static final Duration SHORT = Duration.ofMillis(500);

  private final Side side;
  private final Work work;
  private final Map<Placement, Double> measuredHere = new EnumMap<>(Placement.class);

  HalfRate(Side side, Work work) {
    this.side = side;
    this.work = work;
  }

  @Override
  public double applyAsDouble(Placement placement) {
    double whole = side.isMeasured(placement)
        ? side.rate(placement)
        : measuredHere.computeIfAbsent(
            placement, unused -> work.run(placement, SHORT).perSecond());
    return whole / 2;
  }
}
