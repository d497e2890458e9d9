/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
// The public interface has no way to make one buffer of several.
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.List;

/**
 * A payload that arrives in several chunks. Memory is taken as the bytes come, not as the header promises them.
 *
 * <p>A short one is collected in one array. A longer one is put together of the chunks themselves; only what comes in
 * small ones is copied, so that neither many objects nor the rest of a chunk are kept for a few bytes.
 */
final class Payload {

  /** Shorter payloads are copied: a slice of 64 bytes keeps its whole chunk of up to 64 KiB alive. */
  static final int SLICE_FROM = 4 * 1024;

  private static final int PART = 64 * 1024;

  private final int length;
  private final List<Buffer> parts = new ArrayList<>(0);
  private int arrived;

  /** The part that is being copied, at most {@link #PART} of it; it comes behind the others. */
  private Buffer copied;

  Payload(int length, byte[] first, int from, int count) {
    this.length = length;
    copied = Buffer.buffer(length <= PART ? length : count).appendBytes(first, from, count);
    arrived = count;
  }

  /** The payload that lies whole in a chunk: a slice when it is a good part of it, else a copy. */
  static Buffer of(Buffer chunk, int at, int length) {
    return isSlice(chunk, length)
        ? chunk.slice(at, at + length)
        : Buffer.buffer(length).appendBuffer(chunk, at, length);
  }

  private static boolean isSlice(Buffer chunk, int length) {
    return length >= SLICE_FROM && length >= chunk.length() / 4;
  }

  /** Takes what is missing from the chunk, at most to its end. Returns where the chunk goes on. */
  int append(Buffer chunk, int at) {
    int end = at + Math.min(length - arrived, chunk.length() - at);
    if (length > PART && isSlice(chunk, end - at)) {
      endCopy(0);
      parts.add(chunk.slice(at, end));
    } else {
      copy(chunk, at, end);
    }
    arrived += end - at;
    return end;
  }

  private void copy(Buffer chunk, int from, int end) {
    for (int at = from; at < end; ) {
      int count = Math.min(end - at, PART - copied.length());
      copied.appendBuffer(chunk, at, count);
      at += count;
      if (copied.length() == PART) {
        endCopy(Math.min(PART, length - arrived));
      }
    }
  }

  /** Begins another copy, with room for as much as is to be expected. */
  private void endCopy(int room) {
    if (copied.length() > 0) {
      parts.add(copied);
      copied = Buffer.buffer(room);
    }
  }

  boolean isWhole() {
    return arrived == length;
  }

  Buffer buffer() {
    if (parts.isEmpty()) {
      return copied;
    }
    endCopy(0);
    ByteBuf[] all = new ByteBuf[parts.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = ((BufferInternal) parts.get(i)).getByteBuf();
    }
    // Of heap memory, which needs no release, so no detector of leaks watches over it.
    return BufferInternal.buffer(new CompositeByteBuf(
        UnpooledByteBufAllocator.DEFAULT, false, Math.max(2, all.length), all));
  }
}
