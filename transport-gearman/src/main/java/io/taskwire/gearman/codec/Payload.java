/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/** A payload that arrives in several chunks. Memory is taken as the bytes come, not as the header promises them. */
final class Payload {

  /** Shorter payloads are copied: a slice of 64 bytes keeps its whole chunk of up to 64 KiB alive. */
  static final int SLICE_FROM = 4 * 1024;

  private static final int FIRST_CAPACITY = 64 * 1024;
  private static final int GROWTH = 4;

  private final int length;
  private int capacity;
  private Buffer collected;

  Payload(int length, byte[] first, int from, int count) {
    this.length = length;
    capacity = Math.min(length, FIRST_CAPACITY);
    collected = Buffer.buffer(capacity).appendBytes(first, from, count);
  }

  /** The payload that lies whole in a chunk: a slice when it is a good part of it, else a copy. */
  static Buffer of(Buffer chunk, int at, int length) {
    return length >= SLICE_FROM && length >= chunk.length() / 4
        ? chunk.slice(at, at + length)
        : Buffer.buffer(length).appendBuffer(chunk, at, length);
  }

  /** Takes what is missing from the chunk, at most to its end. Returns where the chunk goes on. */
  int append(Buffer chunk, int at) {
    int taken = Math.min(length - collected.length(), chunk.length() - at);
    int needed = collected.length() + taken;
    if (needed > capacity) {
      capacity = (int) Math.min(length, Math.max(needed, (long) capacity * GROWTH));
      collected = Buffer.buffer(capacity).appendBuffer(collected);
    }
    collected.appendBuffer(chunk, at, taken);
    return at + taken;
  }

  boolean isWhole() {
    return collected.length() == length;
  }

  Buffer buffer() {
    return collected;
  }
}
