/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code pause-tube}. */
public sealed interface PauseTubeReply extends Reply
    permits Reply.Paused, Reply.NotFound, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(PauseTubeReply::orThrow)}.
   *
   * @param reply the answer
   * @return the tube pauses
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Paused orThrow(PauseTubeReply reply) {
    if (reply instanceof Reply.Paused success) {
      return success;
    }
    throw new BeanstalkReplyException("pause-tube", reply);
  }
}
