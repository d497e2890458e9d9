/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq;

import org.jspecify.annotations.Nullable;

/** The admin was closed on this side, or its Vert.x instance was. */
public final class RabbitmqClosedException extends RabbitmqException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was closed
   * @param cause why, null if nothing else is behind it
   */
  public RabbitmqClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
