/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One option: its key, what values it takes, its default and what it means. The one table of these is what the parser,
 * the check of the builder, the documents and the hint at the nearest key are made from. Two options are the same only if
 * they are the same object: keep them in constants.
 *
 * @param <T> the value
 */
public final class Option<T> {

  /** The text for "no limit" or "not at all", where an option allows it. */
  public static final String OFF = "off";

  private static final Pattern WORD_BOUNDARY = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private final String key;
  private final T defaultValue;
  private final ValueType<T> type;
  private final String description;
  private final boolean secret;
  private final @Nullable String defaultText;

  private Option(
      String key,
      T defaultValue,
      ValueType<T> type,
      String description,
      boolean secret,
      @Nullable String defaultText) {
    this.key = Objects.requireNonNull(key, "key");
    this.defaultValue = Objects.requireNonNull(defaultValue, "defaultValue");
    this.type = type;
    this.description = Objects.requireNonNull(description, "description");
    this.secret = secret;
    this.defaultText = defaultText;
    if (!type.allowed().test(defaultValue)) {
      throw new IllegalArgumentException("the default of " + key + " is not one of its values");
    }
  }

  private static <T> Option<T> plain(
      String key, T defaultValue, ValueType<T> type, String description) {
    return new Option<>(key, defaultValue, type, description, false, null);
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
    return plain(key, defaultValue, ValueType.integer(min, max), description);
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
    return plain(key, defaultValue, ValueType.size(min, max), description);
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
    return plain(key, defaultValue, ValueType.duration(min, max), description);
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
    return plain(key, defaultValue, ValueType.durationOrOff(min, max), description);
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
    return plain(key, defaultValue, ValueType.flag(), description);
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
    return plain(
        key, defaultValue, ValueType.choice(defaultValue.getDeclaringClass()), description);
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
    return plain(key, defaultValue, ValueType.text(values), description);
  }

  /**
   * A text of a certain shape.
   *
   * @param key in camel case
   * @param pattern what every text but the empty one must match
   * @param values what it may be, in words
   * @param description what it means, one sentence
   * @return the option, empty by default
   */
  public static Option<String> text(
      String key, Pattern pattern, String values, String description) {
    return plain(key, "", ValueType.text(pattern, values), description);
  }

  /**
   * A text that must not be seen.
   *
   * @param key in camel case
   * @param description what it means, one sentence
   * @return the option, empty by default
   */
  public static Option<Secret> secret(String key, String description) {
    return new Option<>(key, Secret.of(""), ValueType.secret(), description, true, null);
  }

  /**
   * The same option for documents that say its default in words, where the number depends on the machine.
   *
   * @param words such as {@code the number of processors}
   * @return another option, to be used in place of this one
   */
  public Option<T> defaultInWords(String words) {
    return new Option<>(key, defaultValue, type, description, secret, words);
  }

  /**
   * Reads a value.
   *
   * @param text as written in a URI, a property or the environment; blanks around it don't count
   * @return the value
   * @throws IllegalArgumentException if the option cannot have it; the message is the reason and does not have the text
   */
  public T parse(String text) {
    return check(type.reader().apply(text.trim()));
  }

  /**
   * Checks a value that was not read from text.
   *
   * @param value the value
   * @return the same
   * @throws IllegalArgumentException if the option cannot have it; the message is the reason and does not have the value
   */
  public T check(T value) {
    if (!type.allowed().test(Objects.requireNonNull(value, key))) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  /**
   * Writes a value the way it is read: {@link #parse} gives the same value again. A secret is written as it is.
   *
   * @param value a value
   * @return its text
   */
  public String write(T value) {
    return type.writer().apply(value);
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
    return type.values();
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

  T cast(Object value) {
    return type.type().cast(value);
  }

  /**
   * Shows a value to people.
   *
   * @param value a value
   * @return its text, stars for a secret
   */
  public String show(T value) {
    return secret ? "***" : write(value);
  }

  /**
   * Says the default to people.
   *
   * @return its text or words for it; {@code none} if it is empty
   */
  public String defaultText() {
    if (defaultText != null) {
      return defaultText;
    }
    String text = write(defaultValue);
    return text.isEmpty() ? "none" : text;
  }

  /**
   * Translates a key into the name of its environment variable.
   *
   * @param key a key with its transport's name in front, if it has one: {@code maxInFlight}, {@code beanstalk.ttr}
   * @return such as {@code TASKWIRE_MAX_IN_FLIGHT}, {@code TASKWIRE_BEANSTALK_TTR}
   */
  public static String environmentName(String key) {
    return "TASKWIRE_"
        + WORD_BOUNDARY
            .matcher(key)
            .replaceAll("_")
            .replace('.', '_')
            .replace('-', '_')
            .toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return key;
  }
}
