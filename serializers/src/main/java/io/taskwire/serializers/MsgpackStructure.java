/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import io.taskwire.SerializationException;
import java.util.Arrays;
import org.msgpack.core.MessagePack.Code;

/**
 * Walks over msgpack bytes without building anything, and refuses what is not exactly one complete value within the
 * limits. What comes after it may trust every length, and may recurse.
 */
final class MsgpackStructure {

  private final byte[] bytes;
  private final Limits limits;
  private int at;
  private long values;

  /** How many values each open container still lacks; the innermost is kept in {@code missing}. */
  private int[] outer = new int[8];

  private int depth;
  private int missing = 1;

  private MsgpackStructure(byte[] bytes, Limits limits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  /**
   * Checks the bytes.
   *
   * @throws SerializationException if they are cut off, go on behind the value, hold the byte 0xC1 where a value
   *     begins, text that is not UTF-8, or more depth or values than allowed
   */
  static void check(byte[] bytes, Limits limits) {
    new MsgpackStructure(bytes, limits).walk();
  }

  private void walk() {
    while (missing > 0) {
      missing--;
      value();
      while (missing == 0 && depth > 0) {
        missing = outer[--depth];
      }
    }
    if (at != bytes.length) {
      throw new SerializationException("msgpack: " + (bytes.length - at)
          + " bytes left over behind the value, which ends at byte " + at + " of " + bytes.length);
    }
  }

  private void value() {
    if (++values > limits.maxValues()) {
      throw new SerializationException(
          "msgpack: more than the " + limits.maxValues() + " values allowed in one payload");
    }
    if (at == bytes.length) {
      throw new SerializationException(
          "msgpack: cut off at byte " + at + " where a value should begin");
    }
    byte code = bytes[at++];
    if (Code.isFixInt(code)) {
      return;
    }
    if (Code.isFixStr(code)) {
      text(code & 0x1f);
    } else if (Code.isFixedMap(code)) {
      container(code & 0x0f, 2);
    } else if (Code.isFixedArray(code)) {
      container(code & 0x0f, 1);
    } else {
      longForm(code);
    }
  }

  private void longForm(byte code) {
    switch (code) {
      case Code.NIL, Code.TRUE, Code.FALSE -> {}
      case Code.UINT8, Code.INT8 -> skip(1);
      case Code.UINT16, Code.INT16 -> skip(2);
      case Code.UINT32, Code.INT32, Code.FLOAT32 -> skip(4);
      case Code.UINT64, Code.INT64, Code.FLOAT64 -> skip(8);
      case Code.STR8 -> text(length(1));
      case Code.STR16 -> text(length(2));
      case Code.STR32 -> text(length(4));
      case Code.BIN8 -> skip(length(1));
      case Code.BIN16 -> skip(length(2));
      case Code.BIN32 -> skip(length(4));
      case Code.ARRAY16 -> container(length(2), 1);
      case Code.ARRAY32 -> container(length(4), 1);
      case Code.MAP16 -> container(length(2), 2);
      case Code.MAP32 -> container(length(4), 2);
      case Code.FIXEXT1 -> skip(1 + 1);
      case Code.FIXEXT2 -> skip(1 + 2);
      case Code.FIXEXT4 -> skip(1 + 4);
      case Code.FIXEXT8 -> skip(1 + 8);
      case Code.FIXEXT16 -> skip(1 + 16);
      case Code.EXT8 -> skip(1 + length(1));
      case Code.EXT16 -> skip(1 + length(2));
      case Code.EXT32 -> skip(1 + length(4));
      default ->
        throw new SerializationException("msgpack: the byte 0x" + Integer.toHexString(code & 0xff)
            + " at " + (at - 1) + " is never used by msgpack");
    }
  }

  /** A length field, unsigned and big-endian. */
  private long length(int width) {
    skip(width);
    long length = 0;
    for (int i = at - width; i < at; i++) {
      length = length << 8 | (bytes[i] & 0xff);
    }
    return length;
  }

  private void skip(long count) {
    if (count > bytes.length - at) {
      throw new SerializationException("msgpack: cut off: " + count + " bytes announced at byte "
          + at + ", " + (bytes.length - at) + " are there");
    }
    at += (int) count;
  }

  private void text(long length) {
    int start = at;
    skip(length);
    if (!Utf8.isValid(bytes, start, (int) length)) {
      throw new SerializationException(
          "msgpack: the string at byte " + start + " is not UTF-8; send bytes as bin");
    }
  }

  private void container(long entries, int valuesPerEntry) {
    if (depth + 1 > limits.maxDepth()) {
      throw new SerializationException("msgpack: nested deeper than the " + limits.maxDepth()
          + " levels allowed, at byte " + (at - 1));
    }
    long count = entries * valuesPerEntry;
    if (count > bytes.length - at) {
      throw new SerializationException("msgpack: cut off: " + count + " values announced at byte "
          + at + ", " + (bytes.length - at) + " bytes are there");
    }
    if (depth == outer.length) {
      outer = Arrays.copyOf(outer, 2 * outer.length);
    }
    outer[depth++] = missing;
    missing = (int) count;
  }
}
