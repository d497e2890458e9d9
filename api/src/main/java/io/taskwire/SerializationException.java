/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * A value cannot be encoded, or bytes cannot be decoded: thrown by a {@link Serializer}, which knows no task. The queue
 * reports it to whoever submitted, handled or awaits the task as a {@code TaskSerializationException} or as a remote
 * failure with the code DECODE or ENCODE.
 */
public class SerializationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what could not be done, and where in the value
   */
  public SerializationException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what could not be done, and where in the value
   * @param cause what the library below said
   */
  public SerializationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
