/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code reserve} and {@code reserve-with-timeout}. */
public sealed interface ReserveReply extends Reply
    permits Reply.Reserved, Reply.TimedOut, Reply.DeadlineSoon, Reply.Oversized, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(ReserveReply::orThrow)}.
   *
   * @param reply the answer
   * @return the job, which this connection holds now
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Reserved orThrow(ReserveReply reply) {
    if (reply instanceof Reply.Reserved success) {
      return success;
    }
    throw new BeanstalkReplyException("reserve or reserve-with-timeout", reply);
  }
}
