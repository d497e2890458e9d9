/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * The result did not arrive within the time that was allowed for it. The task may still run, or be running; its result will
 * be dropped.
 */
public final class TaskTimeoutException extends TaskException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do
   * @param taskName the task's name, null where no task is concerned
   * @param taskId the task's id, null as long as the broker has given none
   * @param cause the typed error below, null if there is none
   */
  public TaskTimeoutException(
      String message,
      @Nullable String taskName,
      @Nullable String taskId,
      @Nullable Throwable cause) {
    super(message, taskName, taskId, false, cause);
  }
}
