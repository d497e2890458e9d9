/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/** The task was refused, by the broker or by a limit of this queue; it will not run. */
public final class TaskRejectedException extends TaskException {

  private static final long serialVersionUID = 1L;

  /** Why a task was refused, which decides what helps. */
  public enum Reason {
    /** The body is larger than the broker or {@code maxPayload} allows: submitting it again does not help. */
    TOO_LARGE,
    /** The broker takes no more tasks now: try later, or elsewhere. */
    BROKER_FULL,
    /** {@code maxPending} or {@code maxAwaiting} of this queue is reached: wait for open results first. */
    LOCAL_LIMIT,
    /** The broker refuses this task for another reason, which the message quotes. */
    REFUSED
  }

  /** Why. */
  private final Reason reason;

  /**
   * Creates the exception.
   *
   * @param reason why the task was refused
   * @param message what happened and what to do
   * @param taskName the task's name, null where no task is concerned
   * @param cause the typed error below, null if there is none
   */
  public TaskRejectedException(
      Reason reason, String message, @Nullable String taskName, @Nullable Throwable cause) {
    super(message, taskName, null, true, cause);
    this.reason = reason;
  }

  /**
   * Tells why the task was refused.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
