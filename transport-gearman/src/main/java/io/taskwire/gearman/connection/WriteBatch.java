/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.PayloadRequest;
import io.taskwire.gearman.codec.Request;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;

/**
 * Collects the packets of one turn of the event loop and writes them to the socket at its end, in one piece: a write costs
 * a system call, whatever its size.
 *
 * <p>A long payload is not copied to them but cut into pieces, each of which is written by itself: the socket copies what
 * it is given into memory outside of the heap for the system, which for a piece is the same each time and stays in the
 * processor's cache.
 */
final class WriteBatch {

  /** A longer batch is written before the turn ends, and a longer payload is cut. */
  private static final int LONG = 256 * 1024;

  private static final int PIECE = LONG / 2;
  private static final int MOST_UNSENT = 1024 * 1024;
  private static final int LEAST_CAPACITY = 256;

  private final Context context;
  private final NetSocket socket;
  private final Runnable flushed;

  /** What comes before {@link #batch}, and how long that is in all. */
  private final ArrayDeque<Buffer> pieces = new ArrayDeque<>(0);

  private long inPieces;
  private int capacity = LEAST_CAPACITY;
  private Buffer batch = Buffer.buffer(capacity);
  private boolean scheduled;
  private boolean closed;

  /**
   * Starts empty.
   *
   * @param flushed called when all that was collected is in the socket's hands
   */
  WriteBatch(Context context, NetSocket socket, Runnable flushed) {
    this.context = context;
    this.socket = socket.setWriteQueueMaxSize(MOST_UNSENT);
    this.flushed = flushed;
  }

  /** Adds a packet. A long payload must not be changed until it is written. */
  void append(Request packet) {
    Buffer out = open();
    if (packet instanceof PayloadRequest request && request.payload().length() >= LONG) {
      request.encodeHead(out);
      cut(request.payload());
    } else {
      packet.encodeRequest(out);
    }
  }

  /** Gives the buffer to append whole packets to, at once and without keeping it. */
  Buffer open() {
    if (batch.length() >= LONG) {
      flush();
    }
    if (!scheduled) {
      scheduled = true;
      context.runOnContext(end -> {
        scheduled = false;
        flush();
      });
    }
    return batch;
  }

  /** The beginning goes with what is in the batch, so that it is no write of its own. */
  private void cut(Buffer payload) {
    int at = Math.max(0, PIECE - batch.length());
    batch.appendBuffer(payload, 0, at);
    add(batch);
    batch = Buffer.buffer(LEAST_CAPACITY);
    for (; payload.length() - at >= 2 * PIECE; at += PIECE) {
      add(payload.slice(at, at + PIECE));
    }
    add(payload.slice(at, payload.length()));
  }

  private void add(Buffer piece) {
    pieces.add(piece);
    inPieces += piece.length();
  }

  void flush() {
    if (closed || batch.length() + inPieces == 0) {
      return;
    }
    // A failed write closes the socket, and that is heard of there.
    for (Buffer piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      socket.write(piece);
    }
    inPieces = 0;
    if (batch.length() > 0) {
      Buffer full = batch;
      // Room for one as long as the longest of late, because a buffer that grows is copied.
      capacity =
          Math.max(LEAST_CAPACITY, Math.max(Math.min(full.length(), LONG), capacity / 8 * 7));
      batch = Buffer.buffer(capacity);
      socket.write(full);
    }
    flushed.run();
  }

  boolean isWritable() {
    return batch.length() + inPieces < MOST_UNSENT && !socket.writeQueueFull();
  }

  /** Drops what was not written. */
  void close() {
    closed = true;
    pieces.clear();
    batch = Buffer.buffer(0);
  }
}
