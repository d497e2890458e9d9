/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import org.jspecify.annotations.Nullable;

/**
 * A server could not be connected, or the connection to it was lost or failed before the answer; {@link #isSent} tells whether
 * the command was on its way. Jobs that the connection held go to others at once.
 */
public final class BeanstalkConnectionException extends BeanstalkException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, and what to do
   * @param sent whether the server may have seen the command
   * @param cause why, null if nothing else is behind it
   */
  public BeanstalkConnectionException(String message, boolean sent, @Nullable Throwable cause) {
    super(message, sent, cause);
  }
}
