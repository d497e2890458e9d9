/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** One kind of work on one broker: what Taskwire did in each round, and others beside it. */
final class Row {

  private final String broker;
  private final String work;
  private final double floor;
  private final Samples rates = new Samples();
  private final Samples p50 = new Samples();
  private final Samples p99 = new Samples();
  private final Samples p999 = new Samples();
  private final List<Beside> beside = new ArrayList<>();

  /** Its floor is a rate per second, 0 for none. */
  Row(String broker, String work, double floor) {
    this.broker = broker;
    this.work = work;
    this.floor = floor;
  }

  void add(Measurement measured) {
    rates.add(measured.perSecond());
    if (measured.p50() > 0) {
      p50.add(measured.p50() / 1e3);
      p99.add(measured.p99() / 1e3);
      p999.add(measured.p999() / 1e3);
    }
  }

  /** Adds what a program did that tells its rate alone. */
  void add(double perSecond) {
    rates.add(perSecond);
  }

  /** Puts another program beside it; the floor is a ratio, 0 for none. */
  Beside beside(String name, double ratioFloor) {
    Beside other = new Beside(this, name, ratioFloor);
    beside.add(other);
    return other;
  }

  String broker() {
    return broker;
  }

  String work() {
    return work;
  }

  double floor() {
    return floor;
  }

  Samples rates() {
    return rates;
  }

  boolean hasLatencies() {
    return !p50.isEmpty();
  }

  /** In microseconds, like the other two. */
  Samples p50() {
    return p50;
  }

  Samples p99() {
    return p99;
  }

  Samples p999() {
    return p999;
  }

  List<Beside> beside() {
    return beside;
  }

  boolean isBelowFloor() {
    return rates.median() < floor;
  }

  boolean fallsShort() {
    return isBelowFloor() || beside.stream().anyMatch(Beside::isBelowFloor);
  }
}
