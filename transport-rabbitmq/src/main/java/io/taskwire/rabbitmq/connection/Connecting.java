/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.Connection;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.TcpKeepAlive;
import io.taskwire.spi.Tls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.TcpClientConfig;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The making of one connection, within one limit; one that comes after the limit, or after an abort, is closed. */
public final class Connecting {

  private static final long ABORT_LIMIT_MILLIS = 1000;

  // The internal type, because its timers ring on this context, whichever is current when they are
  // set.
  private final ContextInternal context;
  private final ConnectionOptions options;
  private final Failures failures;
  private final ConnectionThreads threads;
  private final Inbox inbox;
  private final Promise<AmqpConnection> promise = Promise.promise();

  private @Nullable NetClient client;
  private @Nullable FrameSocket socket;
  private @Nullable AmqpConnection opened;
  private @Nullable Throwable earlyEnd;

  public Connecting(Context context, ConnectionOptions options) {
    this.context = (ContextInternal) context;
    this.options = options;
    this.failures = new Failures(options);
    this.threads = new ConnectionThreads(options.broker());
    this.inbox = new Inbox(context, this::abortSocket);
  }

  /** Fails with a {@link BrokerConnectException}. */
  public Future<AmqpConnection> start() {
    context.runOnContext(v -> connect());
    return promise.future();
  }

  private void connect() {
    if (promise.future().isComplete()) {
      return;
    }
    NetClient made = context
        .owner()
        .createNetClient(new TcpClientConfig().setTransportConfig(TcpKeepAlive.config()));
    client = made;
    long began = System.nanoTime();
    long limit = options.connectTimeout().toMillis();
    long timer = context.setTimer(limit, id -> {
      promise.tryFail(failures.connecting(
          new TimeoutException(options.broker() + " did not answer within " + limit + " ms")));
      abortSocket();
    });
    promise.future().onComplete(done -> context.owner().cancelTimer(timer));
    made.connect(target(limit)).onComplete(connected -> {
      if (connected.failed()) {
        made.close();
        promise.tryFail(failures.connecting(connected.cause()));
        return;
      }
      FrameSocket frames = new FrameSocket(context, made, connected.result(), inbox);
      socket = frames;
      if (promise.future().isComplete()) {
        frames.abort();
        return;
      }
      long left = Math.max(1, limit - (System.nanoTime() - began) / 1_000_000);
      threads.newThread(() -> open(frames, (int) left)).start();
    });
  }

  private ConnectOptions target(long limit) {
    ConnectOptions target = new ConnectOptions()
        .setHost(options.host())
        .setPort(options.port())
        .setTimeout(Math.toIntExact(limit));
    Tls tls = options.tls();
    return tls == null
        ? target
        : target
            .setSsl(true)
            .setSslOptions(tls.clientOptions()
                .setSslHandshakeTimeout(limit)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
  }

  /** On a thread of its own, because amqp-client blocks. */
  private void open(FrameSocket frames, int limit) {
    AmqpConnection connection;
    try {
      Connection amqp = new ClientOpening(
              options, threads, new ClientErrors(cause -> inbox.add(() -> ended(cause))))
          .open(frames, limit);
      connection = new AmqpConnection(this, amqp, frames);
    } catch (Exception e) {
      frames.abort();
      inbox.add(() -> promise.tryFail(failures.connecting(e)));
      return;
    }
    inbox.add(() -> opened(connection));
  }

  private void opened(AmqpConnection connection) {
    opened = connection;
    if (earlyEnd != null) {
      connection.end(earlyEnd);
    }
    if (!promise.tryComplete(connection)) {
      connection.close();
    }
  }

  private void ended(Throwable cause) {
    if (opened == null) {
      earlyEnd = cause;
    } else {
      opened.end(cause);
    }
  }

  /** Gives up; on the context. Completes when no thread is left, and fails what {@link #start} promised. */
  public Future<Void> abort() {
    promise.tryFail(new BrokerConnectException(
        "the connection to " + options.broker() + " was given up while connecting", true, null));
    abortSocket();
    Promise<Void> ended = Promise.promise();
    long timer = context.setTimer(ABORT_LIMIT_MILLIS, id -> ended.tryComplete());
    threads.whenNone(() -> {
      try {
        context.runOnContext(v -> {
          context.owner().cancelTimer(timer);
          ended.tryComplete();
        });
      } catch (RejectedExecutionException loopEnded) {
        ended.tryComplete();
      }
    });
    return ended.future();
  }

  private void abortSocket() {
    FrameSocket frames = socket;
    if (frames != null) {
      frames.abort();
    } else if (client != null) {
      client.close();
    }
  }

  ContextInternal context() {
    return context;
  }

  ConnectionOptions options() {
    return options;
  }

  Failures failures() {
    return failures;
  }

  ConnectionThreads threads() {
    return threads;
  }

  Inbox inbox() {
    return inbox;
  }
}
