/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq;

import org.jspecify.annotations.Nullable;

/** The management plugin did not answer, or not with what was asked for. Only listing all queues needs it. */
public final class RabbitmqManagementException extends RabbitmqException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message where it was asked, what happened and what to do; never a password
   * @param cause why, null if nothing else is behind it
   */
  public RabbitmqManagementException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
