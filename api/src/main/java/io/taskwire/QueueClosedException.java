/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/** The queue was closed before the task was sent (safe to retry elsewhere), or before its result came (it may still run). */
public final class QueueClosedException extends TaskException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do
   * @param taskName the task's name, null where no task is concerned
   * @param taskId the task's id, null as long as the broker has given none
   * @param safeToRetry whether nothing of the task was sent
   * @param cause the typed error below, null if there is none
   */
  public QueueClosedException(
      String message,
      @Nullable String taskName,
      @Nullable String taskId,
      boolean safeToRetry,
      @Nullable Throwable cause) {
    super(message, taskName, taskId, safeToRetry, cause);
  }
}
