/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

/**
 * Walks over msgpack without making anything of it. Nested values are counted, not descended into, so that no depth of
 * theirs takes stack; no length is believed beyond the bytes that are there. Formats as in the msgpack specification.
 */
final class MsgpackCursor {

  static final int NIL = 0xc0;
  private static final int NEVER_USED = 0xc1;

  private final byte[] bytes;
  private int at;

  MsgpackCursor(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Where the next value begins, and the last one ended. */
  int position() {
    return at;
  }

  /** Reads the head of an array; gives its number of elements. */
  long array() throws MalformedReplyException {
    int first = (int) number(1);
    return switch (first) {
      case 0xdc -> number(2);
      case 0xdd -> number(4);
      default -> {
        if (first < 0x90 || first > 0x9f) {
          throw new MalformedReplyException(String.format(
              "the reply begins with the byte %02x, which is no msgpack array", first));
        }
        yield first & 0x0f;
      }
    };
  }

  /** Moves behind one value and all that is in it. */
  void skip() throws MalformedReplyException {
    long values = 1;
    while (values > 0) {
      if (values > bytes.length - at) { // each takes a byte at least
        throw truncated();
      }
      values += head() - 1;
    }
  }

  /** Moves behind a head and the bytes that belong to it; gives the number of values that belong to it too. */
  private long head() throws MalformedReplyException {
    int first = (int) number(1);
    if (first < 0x80 || first >= 0xe0) { // the small integers
      return 0;
    }
    if (first < 0x90) {
      return 2L * (first & 0x0f);
    }
    if (first < 0xa0) {
      return first & 0x0f;
    }
    if (first < NIL) {
      return bytes(first & 0x1f);
    }
    return switch (first) {
      case NIL, 0xc2, 0xc3 -> 0;
      case 0xc4, 0xd9 -> bytes(number(1));
      case 0xc5, 0xda -> bytes(number(2));
      case 0xc6, 0xdb -> bytes(number(4));
      case 0xc7 -> bytes(number(1) + 1); // the type of an extension
      case 0xc8 -> bytes(number(2) + 1);
      case 0xc9 -> bytes(number(4) + 1);
      case 0xcc, 0xd0 -> bytes(1);
      case 0xcd, 0xd1, 0xd4 -> bytes(2);
      case 0xd5 -> bytes(3);
      case 0xca, 0xce, 0xd2 -> bytes(4);
      case 0xd6 -> bytes(5);
      case 0xcb, 0xcf, 0xd3 -> bytes(8);
      case 0xd7 -> bytes(9);
      case 0xd8 -> bytes(17);
      case 0xdc -> number(2);
      case 0xdd -> number(4);
      case 0xde -> 2 * number(2);
      case 0xdf -> 2 * number(4);
      default ->
        throw new MalformedReplyException(
            String.format("the reply has the byte %02x where a value begins", NEVER_USED));
    };
  }

  private long bytes(long count) throws MalformedReplyException {
    if (count > bytes.length - at) {
      throw truncated();
    }
    at += (int) count;
    return 0;
  }

  private long number(int size) throws MalformedReplyException {
    if (size > bytes.length - at) {
      throw truncated();
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << 8) | (bytes[at++] & 0xff);
    }
    return value;
  }

  private MalformedReplyException truncated() {
    return new MalformedReplyException(
        "the reply has " + bytes.length + " bytes and ends before its last value does");
  }

  /** How many bytes of a value at an offset are its head, if it is a text or binary; else -1. */
  static int headOfContent(byte[] bytes, int offset) {
    int first = bytes[offset] & 0xff;
    return switch (first) {
      case 0xc4, 0xd9 -> 2;
      case 0xc5, 0xda -> 3;
      case 0xc6, 0xdb -> 5;
      default -> first >= 0xa0 && first <= 0xbf ? 1 : -1;
    };
  }
}
