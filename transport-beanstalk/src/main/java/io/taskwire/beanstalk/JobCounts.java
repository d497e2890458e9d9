/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

/**
 * How many jobs a server or a tube has now, by their state.
 *
 * @param urgent of the ready ones, those with a priority below 1024
 * @param ready those that wait to be reserved
 * @param reserved those that connections hold
 * @param delayed those whose delay is not over
 * @param buried those put aside
 */
public record JobCounts(long urgent, long ready, long reserved, long delayed, long buried) {

  static JobCounts of(StatValues values) {
    return new JobCounts(
        values.number("current-jobs-urgent"),
        values.number("current-jobs-ready"),
        values.number("current-jobs-reserved"),
        values.number("current-jobs-delayed"),
        values.number("current-jobs-buried"));
  }

  /**
   * Counts all jobs.
   *
   * @return the sum of ready, reserved, delayed and buried ones
   */
  public long total() {
    return ready + reserved + delayed + buried;
  }
}
