/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq;

import org.jspecify.annotations.Nullable;

/** Why RabbitMQ could not be asked, or what it refused; the root of all exceptions of this package. */
public class RabbitmqException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which broker, what happened and what to do; never a password
   * @param cause why, null if nothing else is behind it
   */
  public RabbitmqException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
