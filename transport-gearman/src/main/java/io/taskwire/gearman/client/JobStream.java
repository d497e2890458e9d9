/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.spi.EventLoop;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data or the warnings of one job. What a paused reader has not taken is kept up to a limit; beyond it nothing more is
 * read from the socket.
 */
final class JobStream implements ReadStream<Buffer> {

  private static final Logger LOG = LoggerFactory.getLogger(JobStream.class);

  private final EventLoop loop;
  private final int most;
  private final ArrayDeque<Buffer> kept = new ArrayDeque<>(0);
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable GearmanConnection held;
  private @Nullable Throwable failure;
  private long demand = Long.MAX_VALUE;
  private int keptBytes;
  private boolean ended;
  private boolean delivering;

  JobStream(EventLoop loop, int most) {
    this.loop = loop;
    this.most = most;
  }

  void add(Buffer chunk, GearmanConnection from) {
    if (ended) {
      return;
    }
    boolean awaited = handler != null || demand != Long.MAX_VALUE;
    if (!awaited && (failure != null || keptBytes + chunk.length() > most)) {
      fail("more than " + most + " bytes came before there was a handler for them (streamBuffer)");
      return;
    }
    kept.add(chunk);
    keptBytes += chunk.length();
    deliver();
    if (keptBytes > most && held == null) {
      held = from;
      from.holdReading();
    }
  }

  /** Something is missing from the stream, which goes on or not. */
  void fail(String what) {
    if (failure == null) {
      failure = new GearmanException("some of a job's stream was dropped: " + what, null);
    }
    deliver();
  }

  /** Nothing more comes; what is kept stays for its reader. */
  void end() {
    ended = true;
    release();
    deliver();
  }

  /** Nothing more is wanted. */
  void drop() {
    kept.clear();
    keptBytes = 0;
    end();
  }

  private void release() {
    GearmanConnection connection = held;
    if (connection != null) {
      held = null;
      connection.releaseReading();
    }
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    while (handler != null && demand > 0 && !kept.isEmpty()) {
      Buffer chunk = kept.remove();
      keptBytes -= chunk.length();
      if (demand != Long.MAX_VALUE) {
        demand--;
      }
      Handler<Buffer> reader = handler;
      guarded(() -> reader.handle(chunk));
    }
    delivering = false;
    if (keptBytes <= most / 2) {
      release();
    }
    if (kept.isEmpty()) {
      tellEnd();
    }
  }

  private void tellEnd() {
    Handler<Throwable> onFailure = exceptionHandler;
    Throwable cause = failure;
    if (onFailure != null && cause != null) {
      exceptionHandler = null;
      guarded(() -> onFailure.handle(cause));
    }
    Handler<Void> onEnd = endHandler;
    if (ended && onEnd != null) {
      endHandler = null;
      guarded(() -> onEnd.handle(null));
    }
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.error("A handler of a job's stream failed", e);
    }
  }

  private JobStream change(Runnable change) {
    loop.run(() -> {
      change.run();
      deliver();
    });
    return this;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> dataHandler) {
    return change(() -> handler = dataHandler);
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    return change(() -> exceptionHandler = newHandler);
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> newHandler) {
    return change(() -> endHandler = newHandler);
  }

  @Override
  public ReadStream<Buffer> pause() {
    return change(() -> demand = 0);
  }

  @Override
  public ReadStream<Buffer> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("an amount is 0 or more, not " + amount);
    }
    return change(() -> {
      long more = demand + amount;
      demand = more < 0 ? Long.MAX_VALUE : more;
    });
  }
}
