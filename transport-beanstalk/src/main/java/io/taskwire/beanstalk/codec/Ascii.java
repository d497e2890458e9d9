/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Text of the protocol as bytes, written without making strings. */
final class Ascii {

  static final byte[] CRLF = {'\r', '\n'};

  private Ascii() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A command of a word, with the blank behind it, and a number. */
  static void appendLine(Buffer out, byte[] word, long number) {
    out.appendBytes(word);
    appendDecimal(out, number);
    out.appendBytes(CRLF);
  }

  static void appendDecimal(Buffer out, long number) {
    if (number < 10) {
      out.appendByte((byte) ('0' + number));
      return;
    }
    long unit = 10;
    while (number / unit >= 10) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      out.appendByte((byte) ('0' + number / unit % 10));
    }
  }
}
