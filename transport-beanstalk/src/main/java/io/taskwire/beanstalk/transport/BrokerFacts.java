/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.StatsText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a broker's {@code stats} say of it.
 *
 * @param id drawn by each broker process when it starts
 * @param binlog whether jobs survive its restart
 * @param maxJobSize bytes of the largest body it takes
 */
record BrokerFacts(String id, boolean binlog, int maxJobSize) {

  /** What beanstalkd takes unless told otherwise. */
  static final int DEFAULT_MAX_JOB_SIZE = 65_535;

  static BrokerFacts of(Reply.Ok stats) {
    Map<String, String> values = StatsText.map(stats.body());
    return new BrokerFacts(
        values.getOrDefault("id", ""),
        !"0".equals(values.getOrDefault("binlog-current-index", "0")),
        size(values.get("max-job-size")));
  }

  private static int size(@Nullable String text) {
    try {
      return text == null
          ? DEFAULT_MAX_JOB_SIZE
          : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text));
    } catch (NumberFormatException e) {
      // A broker that words it differently: JOB_TOO_BIG tells in time.
      return Integer.MAX_VALUE;
    }
  }

  /**
   * Whether the jobs and job numbers of an earlier life of the broker still hold: without a binlog a new process has lost
   * all jobs, and counts from 1 again.
   */
  boolean continues(BrokerFacts earlier) {
    return id.equals(earlier.id) || (binlog && earlier.binlog);
  }
}
