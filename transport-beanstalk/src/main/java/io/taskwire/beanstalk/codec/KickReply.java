/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code kick}. */
public sealed interface KickReply extends Reply permits Reply.Kicked, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(KickReply::orThrow)}.
   *
   * @param reply the answer
   * @return how many jobs were made ready
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Kicked orThrow(KickReply reply) {
    if (reply instanceof Reply.Kicked success) {
      return success;
    }
    throw new BeanstalkReplyException("kick", reply);
  }
}
