/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import org.HdrHistogram.Histogram;

/**
 * How one piece of work went.
 *
 * @param count tasks done
 * @param nanos time it took
 * @param p50 the latency of a task, in nanoseconds: half of them were no slower; 0 where none is measured
 * @param p99 of a hundred tasks, one was slower
 * @param p999 of a thousand tasks, one was slower
 */
record Measurement(long count, long nanos, long p50, long p99, long p999) {

  /** Of tasks that were all timed. */
  static Measurement of(Histogram latencies, long nanos) {
    return of(latencies.getTotalCount(), nanos, latencies);
  }

  /** Of tasks of which some were timed. */
  static Measurement of(long count, long nanos, Histogram latencies) {
    return new Measurement(
        count,
        nanos,
        latencies.getValueAtPercentile(50),
        latencies.getValueAtPercentile(99),
        latencies.getValueAtPercentile(99.9));
  }

  static Measurement withoutLatencies(long count, long nanos) {
    return new Measurement(count, nanos, 0, 0, 0);
  }

  /** Reads what {@link #toText} wrote. */
  static Measurement parse(String text) {
    String[] numbers = text.split(" ", -1);
    return new Measurement(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]),
        Long.parseLong(numbers[4]));
  }

  String toText() {
    return count + " " + nanos + " " + p50 + " " + p99 + " " + p999;
  }

  double perSecond() {
    return count * 1e9 / nanos;
  }
}
