/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes the values of options as text. */
final class TextValues {

  private static final Pattern NUMBER_WITH_UNIT = Pattern.compile("(\\d{1,15})\\s*([a-zA-Z]*)");

  private TextValues() {}

  static Duration duration(String text) {
    Matcher matcher = NUMBER_WITH_UNIT.matcher(text);
    if (!matcher.matches()) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("not a duration such as 500ms, 10s, 5m or 1h", e);
      }
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m", "min" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> throw new IllegalArgumentException("a duration needs a unit: ms, s, m, h or d");
    };
  }

  static long size(String text) {
    Matcher matcher = NUMBER_WITH_UNIT.matcher(text.replace("_", ""));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size such as 65536, 64KiB or 1MiB");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "", "b" -> number;
      case "kib", "k" -> Math.multiplyExact(number, 1024L);
      case "mib", "m" -> Math.multiplyExact(number, 1024L * 1024);
      case "gib", "g" -> Math.multiplyExact(number, 1024L * 1024 * 1024);
      default -> throw new IllegalArgumentException("not a size such as 65536, 64KiB or 1MiB");
    };
  }

  static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String text(Duration value) {
    long millis = value.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }

  static String any(Object value) {
    if (value instanceof Duration duration) {
      return duration.isZero() ? Option.OFF : text(duration);
    }
    return value instanceof Enum<?> constant ? text(constant) : value.toString();
  }
}
