/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack.Code;

/**
 * Payloads that are one byte string or one text and nothing else, as most are: a head and the bytes, which takes neither a
 * packer nor an unpacker. What is not of this form, or wrong, is left to those.
 */
final class LoneValue {

  private static final int MOST_IN_8 = 0xff;
  private static final int MOST_IN_16 = 0xffff;
  private static final int MOST_FIXSTR = 31;
  private static final int LONGEST_HEAD = 5;

  private LoneValue() {}

  /** Encodes a value, or returns null if it is no byte string and no text. */
  static @Nullable Buffer encode(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return head(bytes.length, Code.BIN8, Code.BIN16, Code.BIN32).appendBytes(bytes);
    }
    if (value instanceof Buffer bytes) {
      return head(bytes.length(), Code.BIN8, Code.BIN16, Code.BIN32).appendBuffer(bytes);
    }
    if (value instanceof String text) {
      byte[] utf8 = Utf8.encode(text);
      Buffer out = utf8.length <= MOST_FIXSTR
          ? Buffer.buffer(utf8.length + 1).appendByte((byte) (Code.FIXSTR_PREFIX | utf8.length))
          : head(utf8.length, Code.STR8, Code.STR16, Code.STR32);
      return out.appendBytes(utf8);
    }
    return null;
  }

  private static Buffer head(int length, byte in8, byte in16, byte in32) {
    Buffer out = Buffer.buffer(length + LONGEST_HEAD);
    if (length <= MOST_IN_8) {
      return out.appendByte(in8).appendByte((byte) length);
    }
    return length <= MOST_IN_16
        ? out.appendByte(in16).appendShort((short) length)
        : out.appendByte(in32).appendInt(length);
  }

  /** The bytes of a payload that is one whole byte string, else null. */
  static byte @Nullable [] bytes(Buffer payload) {
    int from = contentFrom(payload, Code.BIN8, Code.BIN16, Code.BIN32);
    return from < 0 ? null : payload.getBytes(from, payload.length());
  }

  /** The text of a payload that is one whole valid text, else null. */
  static @Nullable String text(Buffer payload) {
    int from = payload.length() > 0
            && Code.isFixStr(payload.getByte(0))
            && payload.length() == 1 + (payload.getByte(0) & MOST_FIXSTR)
        ? 1
        : contentFrom(payload, Code.STR8, Code.STR16, Code.STR32);
    if (from < 0) {
      return null;
    }
    byte[] utf8 = payload.getBytes(from, payload.length());
    return Utf8.isValid(utf8, 0, utf8.length) ? new String(utf8, UTF_8) : null;
  }

  /** Where the content begins behind a head that announces exactly the rest of the payload, else -1. */
  private static int contentFrom(Buffer payload, byte in8, byte in16, byte in32) {
    int size = payload.length();
    byte code = size < 2 ? Code.NIL : payload.getByte(0);
    if (code == in8) {
      return size == 2 + payload.getUnsignedByte(1) ? 2 : -1;
    }
    if (code == in16) {
      return size >= 3 && size == 3 + payload.getUnsignedShort(1) ? 3 : -1;
    }
    if (code == in32) {
      return size >= LONGEST_HEAD && size == LONGEST_HEAD + payload.getUnsignedInt(1)
          ? LONGEST_HEAD
          : -1;
    }
    return -1;
  }
}
