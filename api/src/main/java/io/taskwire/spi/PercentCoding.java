/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of RFC 3986, section 2.1, over UTF-8. A plus sign is a plus sign. */
final class PercentCoding {

  private static final String UNRESERVED = "-._~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private PercentCoding() {}

  /** Decodes; throws IllegalArgumentException with the reason, never with the text, which may be a secret. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.remaining());
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      decoded.put(b == '%' ? escaped(bytes) : b);
    }
    try {
      // A decoder of its own, because Charset.decode replaces what is malformed.
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(decoded.flip());
      return chars.toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("percent escapes that are not UTF-8", e);
    }
  }

  private static byte escaped(ByteBuffer bytes) {
    if (bytes.remaining() >= 2) {
      int high = hex(bytes.get());
      int low = hex(bytes.get());
      if (high >= 0 && low >= 0) {
        return (byte) (high << 4 | low);
      }
    }
    throw new IllegalArgumentException(
        "a percent sign without two hex digits behind it; a percent sign itself is written %25");
  }

  private static int hex(byte digit) {
    return digit < 0 ? -1 : Character.digit((char) digit, 16);
  }

  /** Encodes all but letters, digits, {@code - . _ ~} and the characters given. */
  static String encode(String text, String alsoPlain) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0 || alsoPlain.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 0xF]);
      }
    }
    return encoded.toString();
  }

  static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
