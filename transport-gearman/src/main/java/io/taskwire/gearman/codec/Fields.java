/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;

/** Writes the parts of packets. */
final class Fields {

  static final int REQUEST_MAGIC = 0x00524551;
  static final int RESPONSE_MAGIC = 0x00524553;
  static final int HEADER_LENGTH = 12;
  private static final int LENGTH_AT = 8;

  private Fields() {}

  static void packet(Buffer out, int magic, Frame frame) {
    int start = out.length();
    out.appendLong((long) magic << Integer.SIZE | frame.type().code()).appendInt(0);
    frame.appendBody(out);
    out.setInt(start + LENGTH_AT, out.length() - start - HEADER_LENGTH);
  }

  /** The packet up to its payload, whose length it announces. */
  static void head(Buffer out, int magic, PayloadRequest request) {
    int start = out.length();
    out.appendLong((long) magic << Integer.SIZE | request.type().code()).appendInt(0);
    request.appendArguments(out);
    int arguments = out.length() - start - HEADER_LENGTH;
    out.setInt(start + LENGTH_AT, arguments + request.payload().length());
  }

  static void text(Buffer out, String text) {
    if (!text.isEmpty()) {
      out.appendBytes(text.getBytes(UTF_8));
    }
  }

  static void handle(Buffer out, String handle) {
    out.appendBytes(handle.getBytes(ISO_8859_1));
  }

  static void number(Buffer out, long number) {
    text(out, Long.toString(number));
  }

  static void flag(Buffer out, boolean flag) {
    out.appendByte((byte) (flag ? '1' : '0'));
  }

  static void end(Buffer out) {
    out.appendByte((byte) 0);
  }

  static void requireNoNul(String name, String argument) {
    if (argument.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the " + name + " holds a NUL, which ends an argument on the wire");
    }
  }
}
