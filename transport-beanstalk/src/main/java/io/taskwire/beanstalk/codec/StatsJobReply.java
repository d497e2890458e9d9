/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.JobStats;

/** What the server answers to {@code stats-job}. */
public sealed interface StatsJobReply extends Reply
    permits JobStats, Reply.NotFound, Reply.Oversized, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(StatsJobReply::orThrow)}.
   *
   * @param reply the answer
   * @return the numbers of the job
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static JobStats orThrow(StatsJobReply reply) {
    if (reply instanceof JobStats success) {
      return success;
    }
    throw new BeanstalkReplyException("stats-job", reply);
  }
}
