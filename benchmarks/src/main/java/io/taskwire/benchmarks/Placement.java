/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

/** Where everything runs while it is measured, brokers included; the first one counts where a figure has a floor. */
enum Placement {
  ONE_CORE("one core"),
  ANY_CORE("any core");

  private final String words;

  Placement(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
