/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code use} and {@code list-tube-used}. */
public sealed interface UseReply extends Reply permits Reply.Using, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(UseReply::orThrow)}.
   *
   * @param reply the answer
   * @return the tube in use
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Using orThrow(UseReply reply) {
    if (reply instanceof Reply.Using success) {
      return success;
    }
    throw new BeanstalkReplyException("use or list-tube-used", reply);
  }
}
