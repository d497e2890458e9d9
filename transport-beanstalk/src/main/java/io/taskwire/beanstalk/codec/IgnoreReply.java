/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code ignore}. */
public sealed interface IgnoreReply extends Reply
    permits Reply.Watching, Reply.NotIgnored, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(IgnoreReply::orThrow)}.
   *
   * @param reply the answer
   * @return how many tubes are watched
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Watching orThrow(IgnoreReply reply) {
    if (reply instanceof Reply.Watching success) {
      return success;
    }
    throw new BeanstalkReplyException("ignore", reply);
  }
}
