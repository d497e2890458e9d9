/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.EnumMap;
import java.util.Map;

/** One of those who do the work of a row, and what it did in each placement. */
final class Side {

  private final String name;
  private final Map<Placement, Figures> figures = new EnumMap<>(Placement.class);

  Side(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(Placement placement, Measurement measured) {
    figures.computeIfAbsent(placement, unused -> new Figures()).add(measured);
  }

  boolean isMeasured(Placement placement) {
    return figures.containsKey(placement);
  }

  /** The median of the rounds, or NaN if there was none. */
  double rate(Placement placement) {
    return isMeasured(placement) ? figures(placement).rates().median() : Double.NaN;
  }

  /** Throws if nothing was measured there. */
  Figures figures(Placement placement) {
    Figures found = figures.get(placement);
    if (found == null) {
      throw new IllegalStateException(name + " was not measured on " + placement);
    }
    return found;
  }

  /** The placement whose figure has to meet a floor: one core, if that was measured. */
  Placement judged() {
    return isMeasured(Placement.ONE_CORE) ? Placement.ONE_CORE : Placement.ANY_CORE;
  }
}
