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
    int start = header(out, magic, frame);
    frame.appendBody(out);
    announce(out, start, 0);
  }

  /** The packet up to its payload, whose length it announces. */
  static void head(Buffer out, int magic, PayloadRequest request) {
    int start = header(out, magic, request);
    request.appendArguments(out);
    announce(out, start, request.payload().length());
  }

  /** The header but for the length, which is not known yet. Returns where it begins. */
  private static int header(Buffer out, int magic, Frame frame) {
    int start = out.length();
    out.appendLong((long) magic << Integer.SIZE | frame.type().code()).appendInt(0);
    return start;
  }

  /** Fills in the length of what was appended since, and of what is to follow. */
  private static void announce(Buffer out, int start, int following) {
    out.setInt(start + LENGTH_AT, out.length() - start - HEADER_LENGTH + following);
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
