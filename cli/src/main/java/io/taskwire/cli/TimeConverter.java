/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.spi.Option;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times as the options in a URI are read. */
final class TimeConverter implements ITypeConverter<Duration> {

  private static final Option<Duration> TIME = Option.duration(
      "time", Duration.ZERO, Duration.ZERO, Duration.ofDays(3_650), "A time on the command line.");

  @Override
  public Duration convert(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  static Duration parse(String text) {
    try {
      return TIME.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no time such as 500ms, 10s or 5m", e);
    }
  }
}
