/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code list-tubes} and {@code list-tubes-watched}. */
public sealed interface ListTubesReply extends Reply
    permits Reply.TubeList, Reply.Oversized, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(ListTubesReply::orThrow)}.
   *
   * @param reply the answer
   * @return the tubes
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.TubeList orThrow(ListTubesReply reply) {
    if (reply instanceof Reply.TubeList success) {
      return success;
    }
    throw new BeanstalkReplyException("list-tubes or list-tubes-watched", reply);
  }
}
