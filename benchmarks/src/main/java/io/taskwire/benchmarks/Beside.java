/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

/** Another program that does the work of a row, and how many times as fast Taskwire has to be; 0 for no floor. */
final class Beside {

  private final Row row;
  private final String name;
  private final double floor;
  private final Samples rates = new Samples();

  Beside(Row row, String name, double floor) {
    this.row = row;
    this.name = name;
    this.floor = floor;
  }

  void add(double perSecond) {
    rates.add(perSecond);
  }

  String name() {
    return name;
  }

  Samples rates() {
    return rates;
  }

  /** Taskwire's median by the other's. */
  double ratio() {
    return row.rates().median() / rates.median();
  }

  double floor() {
    return floor;
  }

  boolean isBelowFloor() {
    return ratio() < floor;
  }
}
