/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code peek}, {@code peek-ready}, {@code peek-delayed} and {@code peek-buried}. */
public sealed interface PeekReply extends Reply
    permits Reply.Found, Reply.NotFound, Reply.Oversized, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(PeekReply::orThrow)}.
   *
   * @param reply the answer
   * @return the job
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Found orThrow(PeekReply reply) {
    if (reply instanceof Reply.Found success) {
      return success;
    }
    throw new BeanstalkReplyException("peek", reply);
  }
}
