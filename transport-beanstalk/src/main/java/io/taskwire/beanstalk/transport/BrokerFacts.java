/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.beanstalk.ServerStats;
import io.taskwire.beanstalk.codec.Reply;

/**
 * What a broker's {@code stats} say of it.
 *
 * @param id drawn by each broker process when it starts
 * @param binlog whether jobs survive its restart
 * @param maxJobSize bytes of the largest body it takes
 */
record BrokerFacts(String id, boolean binlog, int maxJobSize) {

  static BrokerFacts of(Reply.Ok text) {
    ServerStats stats = ServerStats.of(text.body());
    // Where it says nothing, JOB_TOO_BIG tells in time.
    long size = stats.maxJobSize() == 0 ? Integer.MAX_VALUE : stats.maxJobSize();
    return new BrokerFacts(
        stats.id(), stats.binlog().isOn(), (int) Math.min(Integer.MAX_VALUE, size));
  }

  /**
   * Whether the jobs and job numbers of an earlier life of the broker still hold: without a binlog a new process has lost
   * all jobs, and counts from 1 again.
   */
  boolean continues(BrokerFacts earlier) {
    return id.equals(earlier.id) || (binlog && earlier.binlog);
  }
}
