/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.ServerStats;

/** What the server answers to {@code stats}. */
public sealed interface StatsReply extends Reply
    permits ServerStats, Reply.Oversized, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(StatsReply::orThrow)}.
   *
   * @param reply the answer
   * @return the numbers of the server
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static ServerStats orThrow(StatsReply reply) {
    if (reply instanceof ServerStats success) {
      return success;
    }
    throw new BeanstalkReplyException("stats", reply);
  }
}
