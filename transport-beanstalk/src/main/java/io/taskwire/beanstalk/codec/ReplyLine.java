/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** One line under construction, bounded, and the reading of its words. */
final class ReplyLine {

  /** The longest line of the protocol is {@code USING} with a name of 200 bytes. */
  static final int MAX_LENGTH = 224;

  private static final int NUMBER_MAX_DIGITS = 19;

  private final byte[] bytes = new byte[MAX_LENGTH];
  private int length;
  private int at;

  /** Takes bytes up to and with the line feed; each byte is looked at once, however the chunks are cut. */
  int take(Buffer chunk, int from, int end) {
    int i = from;
    while (i < end) {
      byte b = chunk.getByte(i++);
      if (length == MAX_LENGTH) {
        throw new MalformedReplyException(
            "a reply line has at most " + MAX_LENGTH + " bytes: " + quoted());
      }
      bytes[length++] = b;
      if (b == '\n') {
        break;
      }
    }
    return i;
  }

  boolean complete() {
    return length > 0 && bytes[length - 1] == '\n';
  }

  /** Starts reading a complete line: checks its end and finds its first word. */
  Keyword keyword() {
    if (length < 2 || bytes[length - 2] != '\r') {
      throw new MalformedReplyException("a reply line ends in CR LF: " + quoted());
    }
    length -= 2;
    int end = 0;
    while (end < length && bytes[end] != ' ') {
      end++;
    }
    Keyword keyword = Keyword.find(bytes, end);
    if (keyword == null) {
      throw new MalformedReplyException("no reply of beanstalkd begins like this: " + quoted());
    }
    at = end;
    return keyword;
  }

  boolean more() {
    return at < length;
  }

  /** The next word as a number that fits a long: digits only, no sign. */
  long number() {
    int start = skipBlank();
    long value = 0;
    while (at < length && bytes[at] != ' ') {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || at - start == NUMBER_MAX_DIGITS) {
        throw new MalformedReplyException("not a number at byte " + start + ": " + quoted());
      }
      value = value * 10 + digit;
      at++;
    }
    if (at == start || value < 0) {
      throw new MalformedReplyException("not a number at byte " + start + ": " + quoted());
    }
    return value;
  }

  /** The rest of the line as the name of a tube. */
  Tube tube() {
    int start = skipBlank();
    at = length;
    try {
      return Tube.of(new String(bytes, start, length - start, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new MalformedReplyException("not the name of a tube: " + quoted());
    }
  }

  void end() {
    if (at != length) {
      throw new MalformedReplyException("more words than the reply has: " + quoted());
    }
  }

  void clear() {
    length = 0;
    at = 0;
  }

  private int skipBlank() {
    if (at >= length) {
      throw new MalformedReplyException("a word is missing: " + quoted());
    }
    return ++at;
  }

  /** The line for a message: short, and nothing in it that could forge a line of a log. */
  private String quoted() {
    StringBuilder text = new StringBuilder("'");
    for (int i = 0; i < Math.min(length, 60); i++) {
      int b = bytes[i] & 0xFF;
      text.append(b >= 0x20 && b < 0x7F ? String.valueOf((char) b) : String.format("\\x%02x", b));
    }
    return text.append("'").toString();
  }
}
