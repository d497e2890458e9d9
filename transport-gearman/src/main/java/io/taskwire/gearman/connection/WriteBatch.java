/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * Collects the packets of one turn of the event loop and writes them to the socket at its end, in one piece: a write costs
 * a system call, whatever its size.
 */
final class WriteBatch {

  /** A longer batch is written before the turn ends. */
  private static final int LONG = 256 * 1024;

  private static final int MOST_UNSENT = 1024 * 1024;
  private static final int LEAST_CAPACITY = 256;

  private final Context context;
  private final NetSocket socket;
  private final Runnable flushed;
  private Buffer batch = Buffer.buffer(LEAST_CAPACITY);
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

  void flush() {
    if (closed || batch.length() == 0) {
      return;
    }
    Buffer full = batch;
    batch = Buffer.buffer(Math.max(LEAST_CAPACITY, Math.min(full.length(), LONG)));
    // A failed write closes the socket, and that is heard of there.
    socket.write(full);
    flushed.run();
  }

  boolean isWritable() {
    return batch.length() < MOST_UNSENT && !socket.writeQueueFull();
  }

  /** Drops what was not written. */
  void close() {
    closed = true;
    batch = Buffer.buffer(0);
  }
}
