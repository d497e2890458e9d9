/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * The task was handled and failed there. What the worker said is kept whole: {@link #code()}, {@link #remoteType()},
 * {@link #remoteMessage()} and {@link #details()}. A foreign worker may say less than a Taskwire worker; what it left
 * out is empty or null.
 */
public final class RemoteTaskException extends TaskException {

  private static final long serialVersionUID = 1L;

  /** What kind of failure. */
  private final FailureCode code;

  /** The exception's type. */
  private final String remoteType;

  /** Its message. */
  private final String remoteMessage;

  /** Anything more, null if nothing. */
  private final @Nullable String details;

  /**
   * Creates the exception.
   *
   * @param code the kind of failure
   * @param remoteType the type of what was thrown, as the worker names it; empty if it said nothing
   * @param remoteMessage its message; may be empty
   * @param details what the handler added, null if nothing
   * @param taskName the task's name
   * @param taskId the task's id
   */
  public RemoteTaskException(
      FailureCode code,
      String remoteType,
      String remoteMessage,
      @Nullable String details,
      String taskName,
      @Nullable String taskId) {
    super(text(code, remoteType, remoteMessage), taskName, taskId, false, null);
    this.code = code;
    this.remoteType = remoteType;
    this.remoteMessage = remoteMessage;
    this.details = details;
  }

  private static String text(FailureCode code, String type, String message) {
    String what = type.isEmpty() ? message : type + ": " + message;
    return code == FailureCode.HANDLER
        ? "failed with " + what
        : "failed (" + code + ") with " + what;
  }

  /**
   * Tells the kind of failure.
   *
   * @return the code
   */
  public FailureCode code() {
    return code;
  }

  /**
   * Names the type of what was thrown, as the worker names it.
   *
   * @return the type, such as {@code java.lang.IllegalStateException}; empty if the worker named none
   */
  public String remoteType() {
    return remoteType;
  }

  /**
   * Gives the message of what was thrown.
   *
   * @return the message, which may be empty
   */
  public String remoteMessage() {
    return remoteMessage;
  }

  /**
   * Gives what the handler added by {@link TaskFailure}.
   *
   * @return the details, null if there are none
   */
  public @Nullable String details() {
    return details;
  }
}
