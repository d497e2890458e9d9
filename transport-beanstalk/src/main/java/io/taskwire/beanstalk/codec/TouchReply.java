/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code touch}. */
public sealed interface TouchReply extends Reply
    permits Reply.Touched, Reply.NotFound, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(TouchReply::orThrow)}.
   *
   * @param reply the answer
   * @return the time to run starts again
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Touched orThrow(TouchReply reply) {
    if (reply instanceof Reply.Touched success) {
      return success;
    }
    throw new BeanstalkReplyException("touch", reply);
  }
}
