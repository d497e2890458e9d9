/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq;

/** Why RabbitMQ could not be asked, or what it refused. */
public final class RabbitmqException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which broker and what happened; never a password
   * @param cause what the client said
   */
  public RabbitmqException(String message, Throwable cause) {
    super(message, cause);
  }
}
