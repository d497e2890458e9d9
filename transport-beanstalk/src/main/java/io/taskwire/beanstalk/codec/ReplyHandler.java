/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

/** Takes what a {@link ReplyParser} finds, on the thread that feeds it. */
public interface ReplyHandler {

  /**
   * A complete reply.
   *
   * @param reply the reply
   */
  void reply(Reply reply);

  /**
   * The bytes are no reply of the protocol. Called at most once; nothing is called after it.
   *
   * @param cause what was found where
   */
  void malformed(MalformedReplyException cause);
}
