/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * The broker could not be reached, and nothing of the task was sent. The cause is a {@link
 * io.taskwire.spi.BrokerConnectException} that names the broker and the reason.
 */
public final class TaskConnectException extends TaskException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do
   * @param taskName the task's name, null where no task is concerned
   * @param taskId the task's id, null as long as the broker has given none
   * @param cause the typed error below, null if there is none
   */
  public TaskConnectException(
      String message,
      @Nullable String taskName,
      @Nullable String taskId,
      @Nullable Throwable cause) {
    super(message, taskName, taskId, true, cause);
  }
}
