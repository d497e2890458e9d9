/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * The caller gave the task up: by {@link TaskHandle#cancel()}, which also took it from the broker, or by {@link
 * TaskHandle#abandon()}, after which it may still run.
 */
public final class TaskCancelledException extends TaskException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do
   * @param taskName the task's name, null where no task is concerned
   * @param taskId the task's id, null as long as the broker has given none
   * @param cause the typed error below, null if there is none
   */
  public TaskCancelledException(
      String message,
      @Nullable String taskName,
      @Nullable String taskId,
      @Nullable Throwable cause) {
    super(message, taskName, taskId, false, cause);
  }
}
