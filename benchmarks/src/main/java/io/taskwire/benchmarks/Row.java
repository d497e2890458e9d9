/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** One kind of work on one broker: how fast Taskwire did it, and others beside it. */
final class Row {

  private final String broker;
  private final String work;
  private final double floor;
  private final Side ours;
  private final List<Beside> beside = new ArrayList<>();

  /** A row of Taskwire's work; its floor is a rate per second on one core, 0 for none. */
  Row(String broker, String work, double floor) {
    this(broker, work, floor, "Taskwire");
  }

  /** A row whose work somebody else does. */
  Row(String broker, String work, double floor, String who) {
    this.broker = broker;
    this.work = work;
    this.floor = floor;
    this.ours = new Side(who);
  }

  /** Puts another program beside it; the floor is a ratio on one core, 0 for none. */
  Beside beside(String name, double ratioFloor) {
    Beside other = new Beside(ours, name, ratioFloor);
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

  Side ours() {
    return ours;
  }

  List<Beside> beside() {
    return beside;
  }

  boolean isBelowFloor() {
    return floor > 0 && !(ours.rate(ours.judged()) >= floor);
  }

  boolean fallsShort() {
    return isBelowFloor() || beside.stream().anyMatch(Beside::isBelowFloor);
  }
}
