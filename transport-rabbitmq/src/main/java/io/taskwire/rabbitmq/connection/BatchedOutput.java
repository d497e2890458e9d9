/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is written to a socket: amqp-client flushes after every command, and a flush of the thread that is writing a batch
 * waits until the batch is done, so that many commands are one write. The flushes of other threads pass.
 */
final class BatchedOutput extends OutputStream {

  private final OutputStream socket;
  private final byte[] buffer;
  private int length;

  /** Set and cleared by the batching thread itself; others need to see only that it is not they. */
  private volatile @Nullable Thread batching;

  BatchedOutput(OutputStream socket, int size) {
    this.socket = socket;
    this.buffer = new byte[size];
  }

  /** Holds back the flushes of the calling thread. */
  void beginBatch() {
    batching = Thread.currentThread();
  }

  /** Ends what {@link #beginBatch} began, and writes what was held back. */
  void endBatch() throws IOException {
    batching = null;
    flush();
  }

  @Override
  public synchronized void write(int b) throws IOException {
    if (length == buffer.length) {
      empty();
    }
    buffer[length++] = (byte) b;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > buffer.length - length) {
      empty();
      if (count > buffer.length) {
        socket.write(bytes, offset, count);
        return;
      }
    }
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  @Override
  public void flush() throws IOException {
    if (batching != Thread.currentThread()) {
      writeOut();
    }
  }

  private synchronized void writeOut() throws IOException {
    empty();
    socket.flush();
  }

  private void empty() throws IOException {
    int full = length;
    length = 0;
    if (full > 0) {
      socket.write(buffer, 0, full);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
