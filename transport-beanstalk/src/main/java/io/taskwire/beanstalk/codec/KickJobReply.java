/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code kick-job}. */
public sealed interface KickJobReply extends Reply
    permits Reply.KickedJob, Reply.NotFound, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(KickJobReply::orThrow)}.
   *
   * @param reply the answer
   * @return the job is ready
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.KickedJob orThrow(KickJobReply reply) {
    if (reply instanceof Reply.KickedJob success) {
      return success;
    }
    throw new BeanstalkReplyException("kick-job", reply);
  }
}
