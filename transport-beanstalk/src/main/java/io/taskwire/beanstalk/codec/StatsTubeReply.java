/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.TubeStats;

/** What the server answers to {@code stats-tube}. */
public sealed interface StatsTubeReply extends Reply
    permits TubeStats, Reply.NotFound, Reply.Oversized, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(StatsTubeReply::orThrow)}.
   *
   * @param reply the answer
   * @return the numbers of the tube
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static TubeStats orThrow(StatsTubeReply reply) {
    if (reply instanceof TubeStats success) {
      return success;
    }
    throw new BeanstalkReplyException("stats-tube", reply);
  }
}
