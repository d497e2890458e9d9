/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.util.Objects;

/** A text that must not be seen: its {@link #toString()} shows three stars. */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = Objects.requireNonNull(text, "text");
  }

  /**
   * Wraps a text.
   *
   * @param text the text
   * @return the secret
   */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /**
   * Gives the text, to be sent to the broker and nowhere else.
   *
   * @return the text
   */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
