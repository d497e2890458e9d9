/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.taskwire.SerializationException;
import java.lang.reflect.Type;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in one line what a library could not do, with which value or type, and where inside it. */
final class Failures {

  private static final Pattern NOT_OPENED =
      Pattern.compile("module (\\S+) does not \"(?:opens|exports) (\\S+)\" to ");

  private Failures() {}

  static SerializationException encoding(@Nullable Object value, String format, Exception cause) {
    String what = value == null ? "null" : value.getClass().getName();
    return new SerializationException(
        "cannot encode " + what + " as " + format + ": " + reason(cause), cause);
  }

  static SerializationException decoding(Type type, String format, Exception cause) {
    return new SerializationException(
        "cannot decode " + format + " as " + type.getTypeName() + ": " + reason(cause), cause);
  }

  private static String reason(Exception cause) {
    String closed = closedPackage(cause);
    if (closed != null) {
      return closed;
    }
    String reason = cause instanceof JsonProcessingException jackson
        ? jackson.getOriginalMessage()
        : cause.getMessage();
    if (reason == null) {
      reason = cause.getClass().getName();
    }
    return cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? reason + " (at " + mapping.getPathReference() + ")"
        : reason;
  }

  /** The JDK's words for a package that is closed to Jackson, turned into the line that opens it. */
  private static @Nullable String closedPackage(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      Matcher matcher = NOT_OPENED.matcher(String.valueOf(at.getMessage()));
      if (matcher.find()) {
        return "the package " + matcher.group(2) + " is closed to Jackson; add `opens "
            + matcher.group(2)
            + " to com.fasterxml.jackson.databind;` (on the class path `opens " + matcher.group(2)
            + ";`) to the module-info of " + matcher.group(1)
            + ", or make the type public and export its package";
      }
    }
    return null;
  }
}
