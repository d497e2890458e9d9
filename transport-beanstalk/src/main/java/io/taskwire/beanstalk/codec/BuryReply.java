/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code bury}. */
public sealed interface BuryReply extends Reply
    permits Reply.Buried, Reply.NotFound, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(BuryReply::orThrow)}.
   *
   * @param reply the answer
   * @return the job is put aside
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Buried orThrow(BuryReply reply) {
    if (reply instanceof Reply.Buried success) {
      return success;
    }
    throw new BeanstalkReplyException("bury", reply);
  }
}
