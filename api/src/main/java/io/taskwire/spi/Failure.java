/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.FailureCode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a task failed, in the two forms in which that travels: headers where there are some, text where a plain request is
 * answered. docs/WIRE.md, "Failures".
 *
 * @param code the kind
 * @param type the type of what was thrown, empty if unknown
 * @param message its message, may be empty
 * @param details anything more, null if nothing
 */
public record Failure(
    FailureCode code, String type, String message, @Nullable String details) {

  /** The most bytes a failure takes as plain text, and its message or details take as headers. */
  public static final int MAX_TEXT = 8 * 1024;

  /**
   * The end of a task that no worker has begun by its deadline.
   *
   * @return the failure
   */
  public static Failure deadlinePassed() {
    return new Failure(
        FailureCode.TIMEOUT, "", "no worker had begun the task by its deadline", null);
  }

  /**
   * Writes the failure as plain text, {@code type: message}; a code other than HANDLER stands in the type's place.
   *
   * @return UTF-8, at most {@link #MAX_TEXT} bytes, cut between characters
   */
  public Buffer toText() {
    String head = code == FailureCode.HANDLER ? type : code.name();
    String text = head.isEmpty() ? message : head + ": " + message;
    return Buffer.buffer(cut(text).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads plain text of any worker.
   *
   * @param text UTF-8, or what a foreign worker sent in its place
   * @return the failure; without a leading {@code type: } the type is empty
   */
  public static Failure ofText(Buffer text) {
    String all = text.toString(StandardCharsets.UTF_8);
    int colon = all.indexOf(": ");
    String head = colon > 0 ? all.substring(0, colon) : "";
    if (head.isEmpty() || head.length() > 200 || head.chars().anyMatch(Character::isWhitespace)) {
      return new Failure(FailureCode.HANDLER, "", all, null);
    }
    String message = all.substring(colon + 2);
    FailureCode code = codeOf(head);
    return code == null
        ? new Failure(FailureCode.HANDLER, head, message, null)
        : new Failure(code, "", message, null);
  }

  /**
   * Writes the failure as headers, under the names of {@link Headers}.
   *
   * @return a new map
   */
  public Map<String, String> toHeaders() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(Headers.CODE, code.name());
    headers.put(Headers.TYPE, cut(type));
    headers.put(Headers.MESSAGE, cut(message));
    if (details != null) {
      headers.put(Headers.DETAILS, cut(details));
    }
    return headers;
  }

  /**
   * Reads headers.
   *
   * @param headers of a reply
   * @return the failure, null if the headers have no {@link Headers#CODE}: then it is no failure
   */
  public static @Nullable Failure ofHeaders(Map<String, String> headers) {
    String name = headers.get(Headers.CODE);
    if (name == null) {
      return null;
    }
    FailureCode code = codeOf(name);
    return new Failure(
        code == null ? FailureCode.HANDLER : code,
        headers.getOrDefault(Headers.TYPE, ""),
        headers.getOrDefault(Headers.MESSAGE, ""),
        headers.get(Headers.DETAILS));
  }

  private static @Nullable FailureCode codeOf(String name) {
    for (FailureCode code : FailureCode.values()) {
      if (code.name().equals(name) && code != FailureCode.HANDLER) {
        return code;
      }
    }
    return null;
  }

  private static String cut(String text) {
    if (text.length() <= MAX_TEXT / 4) {
      return text;
    }
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (bytes > MAX_TEXT) {
        return text.substring(0, end);
      }
      end += Character.charCount(codePoint);
    }
    return text;
  }
}
