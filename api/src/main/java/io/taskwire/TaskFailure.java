/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler to choose what the caller sees: its {@link RemoteTaskException} carries this type, message and
 * these details instead of those of a Java exception.
 */
public final class TaskFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The type the caller sees. */
  private final String type;

  /** The message the caller sees. */
  private final String remoteMessage;

  /** Anything more, null if nothing. */
  private final @Nullable String details;

  /**
   * Creates the failure.
   *
   * @param type what kind of failure it is, in the words of the application; must not contain {@code ": "} or a line
   *     break, which end the type where a failure travels as plain text
   * @param message what happened
   * @throws IllegalArgumentException if the type cannot travel
   */
  public TaskFailure(String type, String message) {
    this(type, message, null);
  }

  /**
   * Creates the failure.
   *
   * @param type what kind of failure it is, in the words of the application; must not contain {@code ": "} or a line
   *     break, which end the type where a failure travels as plain text
   * @param message what happened
   * @param details anything more, often JSON; lost where a failure travels as plain text (a Gearman task without
   *     headers)
   * @throws IllegalArgumentException if the type cannot travel
   */
  public TaskFailure(String type, String message, @Nullable String details) {
    super(type + ": " + message);
    if (type.isEmpty() || type.contains(": ") || type.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          "a failure's type must be non-empty without \": \" and line breaks: " + type);
    }
    this.type = type;
    this.remoteMessage = message;
    this.details = details;
  }

  /**
   * Gives the type the caller sees.
   *
   * @return the type
   */
  public String type() {
    return type;
  }

  /**
   * Gives the message the caller sees.
   *
   * @return the message
   */
  public String remoteMessage() {
    return remoteMessage;
  }

  /**
   * Gives the details the caller sees.
   *
   * @return the details, null if there are none
   */
  public @Nullable String details() {
    return details;
  }
}
