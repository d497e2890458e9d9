/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong with one task, or with the queue it was meant for. The family is sealed: there is one subtype for each
 * thing that a caller would do differently.
 *
 * <p>Futures of a queue fail with these only. What a handler throws on the other side arrives as a {@link
 * RemoteTaskException}.
 */
public abstract sealed class TaskException extends RuntimeException
    permits RemoteTaskException,
        TaskTimeoutException,
        OutcomeUnknownException,
        TaskRejectedException,
        UnsupportedOptionException,
        TaskSerializationException,
        TaskConnectException,
        TaskCancelledException,
        QueueClosedException {

  private static final long serialVersionUID = 1L;

  /** The name, null where no task is concerned. */
  private final @Nullable String taskName;

  /** The id, null as long as there is none. */
  private final @Nullable String taskId;

  /** Whether another submit cannot make the task run twice. */
  private final boolean safeToRetry;

  /**
   * Creates the exception; the text becomes {@code task "name" (id): message}.
   *
   * @param message what happened and what to do
   * @param taskName the task's name, null where no task is concerned
   * @param taskId the task's id, null as long as the broker has given none
   * @param safeToRetry whether the task certainly did not and will not run because of this submit
   * @param cause the typed error below, null if there is none
   */
  protected TaskException(
      String message,
      @Nullable String taskName,
      @Nullable String taskId,
      boolean safeToRetry,
      @Nullable Throwable cause) {
    super(describe(taskName, taskId) + message, cause);
    this.taskName = taskName;
    this.taskId = taskId;
    this.safeToRetry = safeToRetry;
  }

  private static String describe(@Nullable String taskName, @Nullable String taskId) {
    if (taskName == null) {
      return "";
    }
    return taskId == null
        ? "task \"" + taskName + "\": "
        : "task \"" + taskName + "\" (" + taskId + "): ";
  }

  /**
   * Names the task.
   *
   * @return the task's name, null where no task is concerned
   */
  public @Nullable String taskName() {
    return taskName;
  }

  /**
   * Identifies the task.
   *
   * @return the task's id, null as long as the broker has given none
   */
  public @Nullable String taskId() {
    return taskId;
  }

  /**
   * Tells whether submitting the same task again can not make it run twice.
   *
   * @return true if the task certainly did not and will not run because of this submit
   */
  public boolean isSafeToRetry() {
    return safeToRetry;
  }
}
