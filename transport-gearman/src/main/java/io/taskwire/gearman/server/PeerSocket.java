/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.gearman.codec.Response;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The socket of a connection, and what was not sent yet. While more than {@value #CONGESTED_FROM} bytes wait, nothing is
 * read from the peer, nor from those who send to it; if it takes nothing at all for the time allowed, or more waits than
 * allowed, it is closed: else a peer that does not read would hold the others, or fill the memory.
 */
final class PeerSocket {

  private static final int CONGESTED_FROM = 1024 * 1024;
  private static final int RELIEVED_FROM = CONGESTED_FROM / 2;

  /** A longer batch is written before the turn ends, and in pieces of this length, so that progress is seen. */
  private static final int PIECE = 256 * 1024;

  private static final int LEAST_CAPACITY = 256;

  private final Vertx vertx;
  private final NetSocket socket;
  private final Flusher flusher;
  private final Tally tally;
  private final long mostUnsent;
  private final long stallMillis;
  private final Consumer<String> tooSlow;
  private final Promise<Void> gone = Promise.promise();

  private Buffer batch = Buffer.buffer(LEAST_CAPACITY);
  private boolean scheduled;
  private boolean closed;

  /** Bytes that were given to the socket, and those of them that it has sent. */
  private long given;

  private long sent;

  /** Too much waits: what comes now is dropped, and the connection is about to be closed. */
  private boolean overrun;

  private boolean congested;
  private long stallTimer;
  private int pauses;

  /** Who is not read from until this peer has taken what it is sent. */
  private final Set<PeerSocket> held = new LinkedHashSet<>(0);

  /**
   * Begins with nothing to send.
   *
   * @param tooSlow closes the connection in another turn, and is told why
   */
  PeerSocket(
      Vertx vertx,
      NetSocket socket,
      Flusher flusher,
      Tally tally,
      long mostUnsent,
      long stallMillis,
      Consumer<String> tooSlow) {
    this.vertx = vertx;
    this.socket = socket;
    this.flusher = flusher;
    this.tally = tally;
    this.mostUnsent = mostUnsent;
    this.stallMillis = stallMillis;
    this.tooSlow = tooSlow;
  }

  void read(Handler<Buffer> chunks) {
    socket.handler(chunks);
  }

  String remoteHost() {
    return socket.remoteAddress() == null ? "-" : socket.remoteAddress().host();
  }

  void send(Response packet) {
    if (closed || overrun) {
      return;
    }
    packet.encodeResponse(open());
    tally.packetsSent++;
    appended();
  }

  void sendText(String text) {
    if (closed || overrun) {
      return;
    }
    open().appendBytes(text.getBytes(StandardCharsets.UTF_8));
    appended();
  }

  /** Sends a packet that came from another peer, which is not read from as long as this one does not keep up. */
  void forward(Response packet, PeerSocket sender) {
    send(packet);
    if (congested && !closed && sender != this && held.add(sender)) {
      sender.pause();
    }
  }

  private Buffer open() {
    if (batch.length() >= PIECE) {
      flushBatch();
    }
    if (!scheduled) {
      scheduled = true;
      flusher.add(this);
    }
    return batch;
  }

  private long unsent() {
    return batch.length() + given - sent;
  }

  private void appended() {
    long unsent = unsent();
    if (unsent < CONGESTED_FROM) {
      return;
    }
    if (unsent > mostUnsent) {
      overrun = true;
      batch = Buffer.buffer(0);
      tooSlow.accept("it leaves more than " + mostUnsent + " bytes unread");
    } else if (!congested) {
      congested = true;
      pause();
      watch(sent);
    }
  }

  /** Looks again after the time allowed whether anything was sent. */
  private void watch(long sentSoFar) {
    stallTimer = vertx.setTimer(stallMillis, id -> {
      if (sent == sentSoFar) {
        tooSlow.accept("it has read nothing for " + stallMillis + " ms while " + unsent()
            + " bytes wait for it");
      } else {
        watch(sent);
      }
    });
  }

  /** The end of the turn. */
  void flush() {
    scheduled = false;
    flushBatch();
  }

  private void flushBatch() {
    if (closed || batch.length() == 0) {
      return;
    }
    Buffer full = batch;
    int length = full.length();
    batch = Buffer.buffer(Math.max(LEAST_CAPACITY, Math.min(length, PIECE)));
    given += length;
    for (int at = 0; at < length; at += PIECE) {
      int end = Math.min(length, at + PIECE);
      int piece = end - at;
      // A failed write closes the socket, and that is heard of there.
      socket.write(piece == length ? full : full.slice(at, end)).onComplete(written -> sent(piece));
    }
  }

  private void sent(int bytes) {
    sent += bytes;
    if (congested && unsent() <= RELIEVED_FROM) {
      relieve();
    }
  }

  private void relieve() {
    congested = false;
    vertx.cancelTimer(stallTimer);
    List<PeerSocket> senders = new ArrayList<>(held);
    held.clear();
    resume();
    senders.forEach(PeerSocket::resume);
  }

  private void pause() {
    pauses++;
    if (pauses == 1) {
      socket.pause();
    }
  }

  private void resume() {
    pauses--;
    if (pauses == 0 && !closed) {
      socket.resume();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Sends what waits, though not for long, and closes.
   *
   * @return completes when the socket is closed
   */
  Future<Void> end(long limitMillis) {
    if (!closed) {
      flushBatch();
      socket.end();
      long timer = vertx.setTimer(limitMillis, id -> close());
      gone.future().onComplete(done -> vertx.cancelTimer(timer));
    }
    return gone.future();
  }

  /** The socket is closed. */
  void closed() {
    if (!closed) {
      closed = true;
      batch = Buffer.buffer(0);
      if (congested) {
        relieve();
      }
    }
    gone.tryComplete();
  }

  /** Closes at once and drops what was not sent. */
  Future<Void> close() {
    if (!closed) {
      closed = true;
      batch = Buffer.buffer(0);
      if (congested) {
        relieve();
      }
      socket.close().onComplete(done -> gone.tryComplete());
    }
    return gone.future();
  }
}
