/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One option: its key, what values it takes, its default and what it means. The one table of these is what the parser,
 * the check of the builder, the documents and the hint at the nearest key are made from. Two options are the same only if
 * they are the same object.
 *
 * @param <T> the value
 */
public final class Option<T> {

  /** The text for "no limit" or "not at all", where an option allows it. */
  public static final String OFF = "off";

  private final String key;
  private final T defaultValue;
  private final String values;
  private final String description;
  private final boolean secret;
  private final Function<String, T> parser;

  private Option(
      String key,
      T defaultValue,
      String values,
      String description,
      boolean secret,
      Function<String, T> parser) {
    this.key = Objects.requireNonNull(key, "key");
    this.defaultValue = Objects.requireNonNull(defaultValue, "defaultValue");
    this.values = values;
    this.description = description;
    this.secret = secret;
    this.parser = parser;
  }

  /**
   * A whole number.
   *
   * @param key in camel case, such as {@code maxInFlight}
   * @param defaultValue the default
   * @param min the least
   * @param max the most
   * @param description what it means, one sentence
   * @return the option
   */
  public static Option<Integer> integer(
      String key, int defaultValue, int min, int max, String description) {
    return new Option<>(key, defaultValue, min + " to " + max, description, false, text -> {
      int value = Integer.parseInt(text.replace("_", ""));
      if (value < min || value > max) {
        throw new IllegalArgumentException("out of range");
      }
      return value;
    });
  }

  /**
   * A number of bytes, written as {@code 65536}, {@code 64KiB} or {@code 64MiB}.
   *
   * @param key in camel case
   * @param defaultValue the default
   * @param min the least
   * @param max the most
   * @param description what it means, one sentence
   * @return the option
   */
  public static Option<Integer> size(
      String key, int defaultValue, int min, int max, String description) {
    return new Option<>(
        key,
        defaultValue,
        min + " to " + max + " bytes, also as 64KiB or 1MiB",
        description,
        false,
        t -> {
          long value = TextValues.size(t);
          if (value < min || value > max) {
            throw new IllegalArgumentException("out of range");
          }
          return Math.toIntExact(value);
        });
  }

  /**
   * A length of time, written as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h} or ISO-8601 such as {@code PT10S}.
   *
   * @param key in camel case
   * @param defaultValue the default
   * @param min the least
   * @param max the most
   * @param description what it means, one sentence
   * @return the option
   */
  public static Option<Duration> duration(
      String key, Duration defaultValue, Duration min, Duration max, String description) {
    String range = TextValues.text(min) + " to " + TextValues.text(max);
    return new Option<>(
        key, defaultValue, range, description, false, text -> inRange(text, min, max));
  }

  /**
   * A length of time as with {@link #duration}, or {@code off}, which is {@link Duration#ZERO}.
   *
   * @param key in camel case
   * @param defaultValue the default; zero for off
   * @param min the least that is not off
   * @param max the most
   * @param description what it means, one sentence
   * @return the option
   */
  public static Option<Duration> durationOrOff(
      String key, Duration defaultValue, Duration min, Duration max, String description) {
    String range = TextValues.text(min) + " to " + TextValues.text(max) + ", or off";
    return new Option<>(
        key,
        defaultValue,
        range,
        description,
        false,
        text -> text.equalsIgnoreCase(OFF) ? Duration.ZERO : inRange(text, min, max));
  }

  private static Duration inRange(String text, Duration min, Duration max) {
    Duration value = TextValues.duration(text);
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  /**
   * True or false.
   *
   * @param key in camel case
   * @param defaultValue the default
   * @param description what it means, one sentence
   * @return the option
   */
  public static Option<Boolean> flag(String key, boolean defaultValue, String description) {
    return new Option<>(
        key, defaultValue, "true or false", description, false, text -> switch (text.toLowerCase(
            Locale.ROOT)) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new IllegalArgumentException("neither true nor false");
        });
  }

  /**
   * One of the values of an enum, written in lower case with hyphens.
   *
   * @param key in camel case
   * @param defaultValue the default
   * @param description what it means, one sentence
   * @param <E> the enum
   * @return the option
   */
  public static <E extends Enum<E>> Option<E> choice(
      String key, E defaultValue, String description) {
    E[] all = defaultValue.getDeclaringClass().getEnumConstants();
    String values = Arrays.stream(all).map(TextValues::text).collect(Collectors.joining(", "));
    return new Option<>(
        key,
        defaultValue,
        values,
        description,
        false,
        text -> Arrays.stream(all)
            .filter(value -> TextValues.text(value).equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("none of them")));
  }

  /**
   * Any text.
   *
   * @param key in camel case
   * @param defaultValue the default; empty for none
   * @param values what it may be, in words
   * @param description what it means, one sentence
   * @return the option
   */
  public static Option<String> text(
      String key, String defaultValue, String values, String description) {
    return new Option<>(key, defaultValue, values, description, false, text -> text);
  }

  /**
   * A text that must not be seen.
   *
   * @param key in camel case
   * @param description what it means, one sentence
   * @return the option, empty by default
   */
  public static Option<Secret> secret(String key, String description) {
    return new Option<>(key, Secret.of(""), "any text", description, true, Secret::of);
  }

  /**
   * Reads a value.
   *
   * @param text as written in a URI, a property or the environment
   * @return the value
   * @throws IllegalArgumentException if the option cannot have it
   */
  public T parse(String text) {
    return parser.apply(text.trim());
  }

  /**
   * Gives the key.
   *
   * @return the key without prefix, in camel case
   */
  public String key() {
    return key;
  }

  /**
   * Gives the default.
   *
   * @return the value where no source has one
   */
  public T defaultValue() {
    return defaultValue;
  }

  /**
   * Says what values there are.
   *
   * @return range or list, for error messages and documents
   */
  public String values() {
    return values;
  }

  /**
   * Says what the option means.
   *
   * @return one sentence
   */
  public String description() {
    return description;
  }

  /**
   * Tells whether values must not be shown.
   *
   * @return true for a secret
   */
  public boolean isSecret() {
    return secret;
  }

  /**
   * Writes a value the way it is read.
   *
   * @param value a value, null for the default
   * @return its text, stars for a secret
   */
  public String show(@Nullable T value) {
    T shown = value == null ? defaultValue : value;
    return TextValues.any(shown);
  }

  @Override
  public String toString() {
    return key;
  }
}
