/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a beanstalkd server, a command or a job; the root of all exceptions of this package.
 *
 * <p>{@link #isSent} tells what every caller has to know first: whether doing it again is safe.
 */
public class BeanstalkException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Whether the server may have seen the command. */
  private final boolean sent;

  /**
   * Creates one.
   *
   * @param message what happened, to which server, tube or job, and what to do
   * @param sent whether the server may have seen the command
   * @param cause why, null if nothing else is behind it
   */
  public BeanstalkException(String message, boolean sent, @Nullable Throwable cause) {
    super(message, cause);
    this.sent = sent;
  }

  /**
   * Tells whether the server may have seen the command that failed.
   *
   * @return false if no byte of it was written: it was not done, and giving it again, here or to another server, is safe. True
   *     if it was written: unless a {@link BeanstalkReplyException} says what the server made of it, its outcome is unknown
   */
  public boolean isSent() {
    return sent;
  }
}
