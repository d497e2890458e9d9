/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/** An option is unknown, or has a value it cannot have. Thrown before anything is connected. */
public final class InvalidOptionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** The option's key as it was written. */
  private final String key;

  /** The nearest valid key, null if none is near. */
  private final @Nullable String suggestion;

  /**
   * Creates the exception.
   *
   * @param key the option's key as it was written
   * @param message names the key, the value unless it is a secret, where it came from and what is valid
   * @param suggestion the nearest valid key, null if none is near or the key is right
   */
  public InvalidOptionException(String key, String message, @Nullable String suggestion) {
    super(message);
    this.key = key;
    this.suggestion = suggestion;
  }

  /**
   * Names the option.
   *
   * @return the key as it was written
   */
  public String key() {
    return key;
  }

  /**
   * Suggests a valid key.
   *
   * @return the nearest valid key, null if none is near or the key is right
   */
  public @Nullable String suggestion() {
    return suggestion;
  }
}
