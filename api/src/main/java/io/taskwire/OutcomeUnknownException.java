/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * The task was sent, and nobody can say any more whether it ran or will run: its acceptance was never acknowledged, or the
 * broker that held it for this caller is gone. Never submitted again by itself; check the effect before doing so.
 */
public final class OutcomeUnknownException extends TaskException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened and what to do
   * @param taskName the task's name, null where no task is concerned
   * @param taskId the task's id, null as long as the broker has given none
   * @param cause the typed error below, null if there is none
   */
  public OutcomeUnknownException(
      String message,
      @Nullable String taskName,
      @Nullable String taskId,
      @Nullable Throwable cause) {
    super(message, taskName, taskId, false, cause);
  }
}
