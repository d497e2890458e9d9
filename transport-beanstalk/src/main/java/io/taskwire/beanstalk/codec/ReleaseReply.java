/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code release}. */
public sealed interface ReleaseReply extends Reply
    permits Reply.Released, Reply.Buried, Reply.NotFound, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(ReleaseReply::orThrow)}.
   *
   * @param reply the answer
   * @return the job is ready or delayed again
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Released orThrow(ReleaseReply reply) {
    if (reply instanceof Reply.Released success) {
      return success;
    }
    throw new BeanstalkReplyException("release", reply);
  }
}
