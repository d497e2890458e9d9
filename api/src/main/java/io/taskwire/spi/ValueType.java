/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What values an option takes, and how they are written.
 *
 * @param type the class of the values
 * @param values range or list, in words
 * @param reader text to value; throws IllegalArgumentException with the reason, never with the text
 * @param allowed whether a value is in range
 * @param writer value to a text that the reader takes
 * @param <T> the value
 */
record ValueType<T>(
    Class<T> type,
    String values,
    Function<String, T> reader,
    Predicate<T> allowed,
    Function<T, String> writer) {

  static ValueType<Integer> integer(int min, int max) {
    return new ValueType<>(
        Integer.class,
        number(min) + " to " + number(max),
        TextValues::integer,
        value -> value >= min && value <= max,
        value -> Integer.toString(value));
  }

  static ValueType<Integer> size(int min, int max) {
    return new ValueType<>(
        Integer.class,
        TextValues.size(min) + " to " + TextValues.size(max) + ", a number of bytes",
        TextValues::size,
        value -> value >= min && value <= max,
        TextValues::size);
  }

  static ValueType<Duration> duration(Duration min, Duration max) {
    return new ValueType<>(
        Duration.class,
        TextValues.text(min) + " to " + TextValues.text(max),
        TextValues::duration,
        value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
        TextValues::text);
  }

  static ValueType<Duration> durationOrOff(Duration min, Duration max) {
    ValueType<Duration> limited = duration(min, max);
    return new ValueType<>(
        Duration.class,
        limited.values() + ", or off",
        text -> text.equalsIgnoreCase(Option.OFF) ? Duration.ZERO : nonZero(text),
        value -> value.isZero() || limited.allowed().test(value),
        value -> value.isZero() ? Option.OFF : TextValues.text(value));
  }

  private static Duration nonZero(String text) {
    Duration value = TextValues.duration(text);
    if (value.isZero()) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  static ValueType<Boolean> flag() {
    return new ValueType<>(
        Boolean.class,
        "true or false",
        TextValues::flag,
        value -> true,
        value -> Boolean.toString(value));
  }

  static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    E[] all = type.getEnumConstants();
    return new ValueType<>(
        type,
        Arrays.stream(all).map(TextValues::text).collect(Collectors.joining(", ")),
        text -> Arrays.stream(all)
            .filter(value -> TextValues.text(value).equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("none of the values there are")),
        value -> true,
        TextValues::text);
  }

  static ValueType<String> text(String values) {
    return new ValueType<>(String.class, values, text -> text, value -> true, value -> value);
  }

  static ValueType<String> text(Pattern pattern, String values) {
    return new ValueType<>(
        String.class,
        values,
        text -> text,
        value -> value.isEmpty() || pattern.matcher(value).matches(),
        value -> value);
  }

  static ValueType<Secret> secret() {
    return new ValueType<>(Secret.class, "any text", Secret::of, value -> true, Secret::reveal);
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
