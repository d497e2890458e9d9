/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

/**
 * What {@link BeanstalkAdmin#drain} has deleted.
 *
 * @param ready jobs that waited
 * @param delayed jobs whose delay was not over
 * @param buried jobs that were put aside
 * @param complete whether no more were found; false if the bound was reached first
 */
public record DrainedTube(long ready, long delayed, long buried, boolean complete) {

  /**
   * Counts all jobs.
   *
   * @return the sum
   */
  public long total() {
    return ready + delayed + buried;
  }
}
