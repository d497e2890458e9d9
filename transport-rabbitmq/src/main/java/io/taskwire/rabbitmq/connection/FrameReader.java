/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.MalformedFrameException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the values of one frame, one after the other; on the event loop. */
final class FrameReader {

  /** So many texts that came last are kept, because most come again and again: names of queues, content types. */
  private static final int KEPT = 16;

  private final byte[][] keptBytes = new byte[KEPT][0];
  private final String[] kept = new String[KEPT];

  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  FrameReader() {
    Arrays.fill(kept, "");
  }

  /** Begins with a frame's payload, which is not copied. */
  void begin(byte[] chunk, int offset, int length) {
    bytes = chunk;
    at = offset;
    end = offset + length;
  }

  int left() {
    return end - at;
  }

  int octet() throws MalformedFrameException {
    need(1);
    return bytes[at++] & 0xff;
  }

  int unsignedShort() throws MalformedFrameException {
    need(2);
    int value = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    at += 2;
    return value;
  }

  long longLong() throws MalformedFrameException {
    need(Long.BYTES);
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    return value;
  }

  /** A short string that is mostly another than the one before. */
  String shortString() throws MalformedFrameException {
    int length = octet();
    need(length);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** A short string that is mostly one of few. */
  String frequentString() throws MalformedFrameException {
    int length = octet();
    need(length);
    if (length == 0) {
      return "";
    }
    int slot = (length + bytes[at + length - 1]) & (KEPT - 1);
    if (!Arrays.equals(bytes, at, at + length, keptBytes[slot], 0, keptBytes[slot].length)) {
      keptBytes[slot] = Arrays.copyOfRange(bytes, at, at + length);
      kept[slot] = new String(bytes, at, length, StandardCharsets.UTF_8);
    }
    at += length;
    return kept[slot];
  }

  void skipShortString() throws MalformedFrameException {
    int length = octet();
    need(length);
    at += length;
  }

  /** Copies what is left of the frame. */
  int rest(byte[] target, int offset) throws MalformedFrameException {
    int length = end - at;
    if (length > target.length - offset) {
      throw new MalformedFrameException("a message has more bytes than its header says");
    }
    System.arraycopy(bytes, at, target, offset, length);
    at = end;
    return length;
  }

  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return rest;
  }

  private void need(int count) throws MalformedFrameException {
    if (count > end - at) {
      throw new MalformedFrameException("a frame ends before its last value does");
    }
  }
}
