/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * A payload could not be encoded (nothing was sent), or a result that arrived could not be decoded as the type asked for (the
 * task ran). The cause says which part of the value.
 */
public final class TaskSerializationException extends TaskException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do
   * @param taskName the task's name, null where no task is concerned
   * @param taskId the task's id, null as long as the broker has given none
   * @param cause the typed error below, null if there is none
   */
  public TaskSerializationException(
      String message,
      @Nullable String taskName,
      @Nullable String taskId,
      @Nullable Throwable cause) {
    super(message, taskName, taskId, false, cause);
  }
}
