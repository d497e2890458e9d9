/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq;

import org.jspecify.annotations.Nullable;

/** The broker could not be connected, or the connection was lost before the answer. */
public final class RabbitmqConnectionException extends RabbitmqException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which broker, and what happened; never a password
   * @param cause why, null if nothing else is behind it
   */
  public RabbitmqConnectionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
