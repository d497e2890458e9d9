/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

/** What one side did in each round in one placement. */
final class Figures {

  private final Samples rates = new Samples();
  private final Samples p50 = new Samples();
  private final Samples p99 = new Samples();
  private final Samples p999 = new Samples();

  void add(Measurement measured) {
    rates.add(measured.perSecond());
    if (measured.p50() > 0) {
      p50.add(measured.p50() / 1e3);
      p99.add(measured.p99() / 1e3);
      p999.add(measured.p999() / 1e3);
    }
  }

  /** Tasks per second. */
  Samples rates() {
    return rates;
  }

  /** In microseconds, like the other two; empty where none was measured. */
  Samples p50() {
    return p50;
  }

  Samples p99() {
    return p99;
  }

  Samples p999() {
    return p999;
  }
}
