/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * The arguments of the packet that is being read, as places in the parser's window. One object serves all packets of a
 * parser; what it returns is a copy.
 */
final class Arguments {

  /** SUBMIT_JOB_SCHED has eight. */
  private static final int MOST = 8;

  private static final int MOST_DIGITS = 18;

  private final byte[] bytes;
  private final int[] from = new int[MOST];
  private final int[] to = new int[MOST];
  private int count;
  private Buffer payload = Buffer.buffer(0);

  /** The function that was read last, and its bytes: a connection hears of the same one again and again. */
  private String function = "";

  private byte[] functionBytes = {};

  Arguments(byte[] bytes) {
    this.bytes = bytes;
  }

  void clear() {
    count = 0;
  }

  void add(int start, int end) {
    from[count] = start;
    to[count] = end;
    count++;
  }

  /** The window has been moved down. */
  void shift(int distance) {
    for (int i = 0; i < count; i++) {
      from[i] -= distance;
      to[i] -= distance;
    }
  }

  int count() {
    return count;
  }

  void payload(Buffer rest) {
    payload = rest;
  }

  Buffer payload() {
    return payload;
  }

  String text(int index) {
    int length = to[index] - from[index];
    return length == 0 ? "" : new String(bytes, from[index], length, UTF_8);
  }

  String function(int index) {
    int start = from[index];
    int end = to[index];
    if (!Arrays.equals(bytes, start, end, functionBytes, 0, functionBytes.length)) {
      functionBytes = Arrays.copyOfRange(bytes, start, end);
      function = text(index);
    }
    return function;
  }

  /** A handle without the NUL that the server leaves behind it in some packets. */
  String handle(int index) {
    int end = to[index];
    while (end > from[index] && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, from[index], end - from[index], ISO_8859_1);
  }

  /** The leading digits; servers and workers also send nothing, {@code 1.5} or other text, which must not end a connection. */
  long number(int index) {
    long number = 0;
    int end = Math.min(to[index], from[index] + MOST_DIGITS);
    for (int i = from[index]; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  boolean flag(int index) {
    return number(index) != 0;
  }
}
