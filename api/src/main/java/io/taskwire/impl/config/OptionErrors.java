/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.Option;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The words of configuration errors: each names key, source, value unless secret, and what would be valid. */
public final class OptionErrors {

  private OptionErrors() {}

  /**
   * A known option has a value it can't have.
   *
   * @param option the option
   * @param key the key as written
   * @param source where it was written
   * @param value the value as written
   * @param reason why it is refused, null if there is no more to say than what is valid
   * @return the error
   */
  public static InvalidOptionException invalidValue(
      Option<?> option, String key, String source, String value, @Nullable String reason) {
    String shown =
        option.isSecret() ? "a value that is not shown" : "the value " + Quoted.text(value);
    return new InvalidOptionException(
        key,
        "Option " + Quoted.text(key) + " (" + source + ") can't have " + shown
            + (reason == null ? "" : ": " + reason) + ". Valid: " + option.values() + ".",
        null);
  }

  /** A value of an unknown key is shown only where the key looks like that of an option which is no secret. */
  static InvalidOptionException unknownKey(
      String key, String source, String value, KnownKeys known) {
    String nearest = known.nearest(key);
    Option<?> meant = nearest == null ? null : known.find(nearest);
    String shown = meant == null || meant.isSecret() ? "" : " with the value " + Quoted.text(value);
    String hint = nearest == null
        ? "Known: " + String.join(", ", known.recommended()) + "."
        : "Did you mean " + nearest + "?";
    return new InvalidOptionException(
        key,
        "Unknown option " + Quoted.text(key) + " (" + source + ")" + shown + ". " + hint,
        nearest);
  }

  static InvalidOptionException givenTwice(String key, String other, String source) {
    return new InvalidOptionException(
        key,
        "Option " + Quoted.text(key) + " (" + source + ") is also given as " + Quoted.text(other)
            + ": keep one of them.",
        null);
  }

  /** Without the cause, which has nothing that the message has not. */
  static InvalidOptionException unreadableUri(UriText uri, InvalidOptionException e) {
    return new InvalidOptionException(uri.key(), e.getMessage() + from(uri), null);
  }

  static InvalidOptionException noTransport(
      String scheme, UriText uri, Collection<String> schemes, String remedy) {
    return new InvalidOptionException(
        uri.key(),
        "No transport for the scheme " + Quoted.text(scheme) + from(uri)
            + (schemes.isEmpty()
                ? ". There is none at all. "
                : ". There are: " + String.join(", ", schemes) + ". ")
            + remedy,
        null);
  }

  private static String from(UriText uri) {
    return " (" + uri.key() + ", " + uri.source() + ")";
  }
}
