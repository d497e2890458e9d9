/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

/**
 * Where a job is. Numbers of jobs are those of one server, and begin again with 1 when a server without binlog is restarted.
 *
 * @param server host and port, as in {@code localhost:11300}
 * @param id the job
 */
public record PlacedJob(String server, long id) {

  /** A URI as aio-beanstalk's callers know it: {@code beanstalk://localhost:11300/17}. */
  @Override
  public String toString() {
    return "beanstalk://" + server + "/" + id;
  }
}
