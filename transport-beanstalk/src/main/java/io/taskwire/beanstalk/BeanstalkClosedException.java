/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import org.jspecify.annotations.Nullable;

/** The client, producer, consumer or admin was closed on this side, or its Vert.x instance was. */
public final class BeanstalkClosedException extends BeanstalkException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what was closed
   * @param sent whether the server may have seen the command
   * @param cause why, null if nothing else is behind it
   */
  public BeanstalkClosedException(String message, boolean sent, @Nullable Throwable cause) {
    super(message, sent, cause);
  }
}
