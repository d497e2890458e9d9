/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several replies to one caller in one job: an envelope without an id, whose header {@code replies} says how many there
 * are, and behind it each reply as it would be alone, with its length in four bytes in front. docs/WIRE.md, W32.
 *
 * <p>Who knows nothing of it finds no id, and drops the job; so nobody takes it for a result.
 */
final class ReplyBatch {

  /** The most bytes of such a job: what every broker takes unless told otherwise, and every caller reads. */
  static final int MAX_BYTES = 65_535;

  private static final int LENGTH_BYTES = Integer.BYTES;

  /** Mark, map, the header's name, and its value with up to five digits. */
  private static final int HEAD_BYTES = 4 + 1 + 1 + Headers.REPLIES.length() + 1 + 5;

  private ReplyBatch() {}

  /** How many bytes a job has at most that holds nothing yet. */
  static int emptySize() {
    return HEAD_BYTES;
  }

  /** How many bytes more it has with a reply of so many. */
  static int sizeOf(int replyLength) {
    return LENGTH_BYTES + replyLength;
  }

  static Buffer encode(List<Buffer> replies) {
    int size = 0;
    for (Buffer reply : replies) {
      size += sizeOf(reply.length());
    }
    Buffer all = Buffer.buffer(size);
    for (Buffer reply : replies) {
      all.appendInt(reply.length()).appendBuffer(reply);
    }
    return Envelope.encode(Map.of(Headers.REPLIES, Integer.toString(replies.size())), all);
  }

  static boolean isOne(Envelope job) {
    return job.headers().containsKey(Headers.REPLIES) && !job.headers().containsKey(Headers.ID);
  }

  /** Takes a job apart; null if its lengths or their number do not fit, so that none of it can be trusted. */
  static @Nullable List<Buffer> decode(Envelope job) {
    Buffer all = job.payload();
    List<Buffer> replies = new ArrayList<>();
    int at = 0;
    while (at < all.length()) {
      if (all.length() - at < LENGTH_BYTES) {
        return null;
      }
      int length = all.getInt(at);
      at += LENGTH_BYTES;
      if (length < 0 || length > all.length() - at) {
        return null;
      }
      replies.add(all.slice(at, at + length));
      at += length;
    }
    return Integer.toString(replies.size()).equals(job.headers().get(Headers.REPLIES))
        ? replies
        : null;
  }
}
