/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.codec.Reply;

/** The server answered, and not with success. The connection is as good as before, unless another exception follows. */
public final class BeanstalkReplyException extends BeanstalkException {

  private static final long serialVersionUID = 1;

  /** What the server said; not written when this is serialized. */
  private final transient Reply reply;

  /**
   * Creates one.
   *
   * @param command what was asked, as in {@code delete 17 at localhost:11300}
   * @param reply what the server said
   */
  public BeanstalkReplyException(String command, Reply reply) {
    super("the answer to " + command + " is " + ReplyMeaning.of(reply), true, null);
    this.reply = reply;
  }

  /**
   * Gives what the server said.
   *
   * @return the reply: a {@link Reply.Refusal}, or one that is success only to those who expect it, as {@link Reply.TimedOut}
   */
  public Reply reply() {
    return reply;
  }
}
