/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * What is written to a socket: the frames of one turn of the event loop together, at its end. While the socket takes no more,
 * what comes waits here, and is certain not to have been sent.
 */
final class Output {

  /** Above this much the connection is not writable, until half of it is left. */
  private static final int FULL = 1 << 20;

  /** A longer batch is written before the turn ends. */
  private static final int LONG = 128 << 10;

  private static final int MOST_IN_SOCKET = 512 << 10;
  private static final int SMALLEST = 4096;

  /** Frames, and the number of the last message that begins in them or before. */
  private record Chunk(Buffer bytes, long lastMessage) {}

  private final Context context;
  private final NetSocket socket;

  private byte[] turn = new byte[SMALLEST];
  private int length;
  private boolean flushDue;

  private final ArrayDeque<Chunk> waiting = new ArrayDeque<>();
  private long waitingBytes;

  private long lastMessage;
  private long lastSent;

  private final ArrayDeque<Runnable> whenWritten = new ArrayDeque<>(0);
  private Runnable relieved = () -> {};
  private boolean congested;

  Output(Context context, NetSocket socket) {
    this.context = context;
    this.socket = socket.setWriteQueueMaxSize(MOST_IN_SOCKET).drainHandler(drained -> drain());
  }

  /** Whom to tell when there is room again after {@link #isWritable} was false. */
  void onRelieved(Runnable action) {
    relieved = action;
  }

  /** Makes room, and gives the array in which frames are to be written from {@link #position} on. */
  byte[] room(int bytes) {
    if (length >= LONG) {
      hand();
    }
    if (bytes > turn.length - length) {
      turn = Arrays.copyOf(turn, Math.max(length + bytes, 2 * turn.length));
    }
    if (!flushDue) {
      flushDue = true;
      context.runOnContext(end -> flush());
    }
    return turn;
  }

  /** Writes whole frames. */
  void bytes(byte[] frames) {
    byte[] to = room(frames.length);
    System.arraycopy(frames, 0, to, length, frames.length);
    length += frames.length;
  }

  int position() {
    return length;
  }

  /** So far there are whole frames now. */
  void written(int position) {
    length = position;
  }

  /** The next frames are those of a message; they count upwards. */
  void message(long number) {
    lastMessage = number;
  }

  /** The last message of which anything may have been sent. */
  long lastSent() {
    return lastSent;
  }

  private void flush() {
    flushDue = false;
    hand();
    afterWriting();
  }

  private void hand() {
    if (length == 0) {
      return;
    }
    Chunk chunk = new Chunk(Buffer.buffer(length).appendBytes(turn, 0, length), lastMessage);
    length = 0;
    if (turn.length > 2 * LONG) {
      turn = new byte[SMALLEST];
    }
    if (waiting.isEmpty() && !socket.writeQueueFull()) {
      write(chunk);
    } else {
      waiting.add(chunk);
      waitingBytes += chunk.bytes().length();
    }
  }

  private void write(Chunk chunk) {
    lastSent = chunk.lastMessage();
    // After a failed write the socket ends, too, and that is heard of there.
    socket.write(chunk.bytes());
  }

  private void drain() {
    while (!waiting.isEmpty() && !socket.writeQueueFull()) {
      Chunk chunk = waiting.remove();
      waitingBytes -= chunk.bytes().length();
      write(chunk);
    }
    afterWriting();
  }

  private void afterWriting() {
    while (waiting.isEmpty() && !whenWritten.isEmpty()) {
      whenWritten.remove().run();
    }
    if (congested && length + waitingBytes <= FULL / 2) {
      congested = false;
      relieved.run();
    }
  }

  /** Calls when the socket has all that was written before; not if the connection ends first. */
  void whenWritten(Runnable action) {
    whenWritten.add(action);
    room(0);
  }

  /** Whether there is room for more; if not, who asked for it is told later. */
  boolean isWritable() {
    if (length + waitingBytes <= FULL) {
      return true;
    }
    congested = true;
    return false;
  }

  /** Drops what is not in the socket's hands; what amqp-client has to say goes on. */
  void drop() {
    length = 0;
    waiting.clear();
    waitingBytes = 0;
    lastMessage = lastSent;
    whenWritten.clear();
  }
}
