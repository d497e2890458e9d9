/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

/** Another program that does the work of a row, and how many times as fast Taskwire has to be; 0 for no floor. */
final class Beside {

  private final Side ours;
  private final Side theirs;
  private final double floor;

  Beside(Side ours, String name, double floor) {
    this.ours = ours;
    this.theirs = new Side(name);
    this.floor = floor;
  }

  Side theirs() {
    return theirs;
  }

  /** Taskwire's median by the other's, or NaN if one of them is missing. */
  double ratio(Placement placement) {
    return ours.rate(placement) / theirs.rate(placement);
  }

  double floor() {
    return floor;
  }

  boolean isBelowFloor() {
    return floor > 0 && !(ratio(ours.judged()) >= floor);
  }
}
