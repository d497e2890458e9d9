/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes the values of options as text. What is written can be read again and gives the same value. */
final class TextValues {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d{1,3}(_?\\d{1,3})*");
  private static final Pattern NUMBER_WITH_UNIT = Pattern.compile("(\\d{1,15})\\s*([a-zA-Z]*)");
  private static final long MOST_SECONDS = Duration.ofDays(100_000).toSeconds();
  private static final long KIB = 1024L;

  private TextValues() {}

  static int integer(String text) {
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("not a whole number");
    }
    try {
      return Integer.parseInt(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("out of range", e);
    }
  }

  static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

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
    try {
      return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m", "min" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        case "d" -> Duration.ofDays(number);
        default -> throw new IllegalArgumentException("a duration needs a unit: ms, s, m, h or d");
      };
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("out of range", e);
    }
  }

  static int size(String text) {
    Matcher matcher = NUMBER_WITH_UNIT.matcher(text.replace("_", ""));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size such as 65536, 64KiB or 1MiB");
    }
    long unit = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "", "b" -> 1;
      case "kib", "k" -> KIB;
      case "mib", "m" -> KIB * KIB;
      case "gib", "g" -> KIB * KIB * KIB;
      default -> throw new IllegalArgumentException("not a size such as 65536, 64KiB or 1MiB");
    };
    try {
      return Math.toIntExact(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("out of range", e);
    }
  }

  static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String text(Duration value) {
    long seconds = value.getSeconds();
    if (seconds < 0 || seconds > MOST_SECONDS || value.getNano() % 1_000_000 != 0) {
      return value.toString();
    }
    if (value.getNano() != 0) {
      return value.toMillis() + "ms";
    }
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }

  static String size(int bytes) {
    if (bytes == 0 || bytes % KIB != 0) {
      return Integer.toString(bytes);
    }
    long kib = bytes / KIB;
    return kib % KIB == 0 ? kib / KIB + "MiB" : kib + "KiB";
  }
}
