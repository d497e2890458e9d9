/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkReplyException;

/** What the server answers to {@code put}. */
public sealed interface PutReply extends Reply
    permits Reply.Inserted,
        Reply.InsertedBuried,
        Reply.JobTooBig,
        Reply.Draining,
        Reply.ExpectedCrlf,
        Reply.ServerError {

  /**
   * Takes success alone, as in {@code future.map(PutReply::orThrow)}.
   *
   * @param reply the answer
   * @return the job is in the tube
   * @throws BeanstalkReplyException if the answer says anything else; it holds the reply
   */
  static Reply.Inserted orThrow(PutReply reply) {
    if (reply instanceof Reply.Inserted success) {
      return success;
    }
    throw new BeanstalkReplyException("put", reply);
  }
}
