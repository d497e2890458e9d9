/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code delete}. */
public sealed interface DeleteReply extends Reply
    permits Reply.Deleted, Reply.NotFound, Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(DeleteReply::orThrow)}.
   *
   * @param reply the answer
   * @return the job is gone
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Deleted orThrow(DeleteReply reply) {
    if (reply instanceof Reply.Deleted success) {
      return success;
    }
    throw new BeanstalkReplyException("delete", reply);
  }
}
