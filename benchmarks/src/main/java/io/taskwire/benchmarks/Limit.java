/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

/** A figure that is better the smaller it is, and how much it may be at most. */
final class Limit {

  private final String broker;
  private final String work;
  private final String unit;
  private final double most;
  private final Samples any = new Samples();
  private final Samples pinned = new Samples();

  /** Its limit is one for the figure on one core, 0 for none. */
  Limit(String broker, String work, String unit, double most) {
    this.broker = broker;
    this.work = work;
    this.unit = unit;
    this.most = most;
  }

  String broker() {
    return broker;
  }

  String work() {
    return work;
  }

  String unit() {
    return unit;
  }

  double most() {
    return most;
  }

  /** With everything on any core. */
  Samples any() {
    return any;
  }

  /** With everything on one core. */
  Samples pinned() {
    return pinned;
  }

  Samples in(Placement placement) {
    return placement == Placement.ONE_CORE ? pinned : any;
  }

  boolean isExceeded() {
    Samples judged = pinned.isEmpty() ? any : pinned;
    return most > 0 && !judged.isEmpty() && judged.median() > most;
  }
}
