/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Makes and fills histograms of latencies in nanoseconds, to three digits. */
final class Latencies {

  private static final long HIGHEST = TimeUnit.MINUTES.toNanos(5);

  private Latencies() {}

  static Histogram histogram() {
    return new Histogram(HIGHEST, 3);
  }

  static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.min(nanos, HIGHEST));
  }
}
