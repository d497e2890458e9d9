/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code watch}. */
public sealed interface WatchReply extends Reply permits Reply.Watching, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(WatchReply::orThrow)}.
   *
   * @param reply the answer
   * @return how many tubes are watched
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Watching orThrow(WatchReply reply) {
    if (reply instanceof Reply.Watching success) {
      return success;
    }
    throw new BeanstalkReplyException("watch", reply);
  }
}
