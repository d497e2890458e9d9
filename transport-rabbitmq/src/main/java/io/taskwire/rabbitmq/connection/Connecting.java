/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.Connection;
import io.taskwire.spi.BrokerConnectException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.RejectedExecutionException;
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

  private @Nullable SocketOpening sockets;
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
    SocketOpening opening = new SocketOpening(options);
    sockets = opening;
    long limit = options.connectTimeout().toMillis();
    long timer = context.setTimer(limit, id -> {
      promise.tryFail(failures.connecting(
          new TimeoutException(options.broker() + " did not answer within " + limit + " ms")));
      opening.abort();
    });
    promise.future().onComplete(done -> context.owner().cancelTimer(timer));
    threads.newThread(() -> open(opening)).start();
  }

  /** On the thread that writes later. */
  private void open(SocketOpening opening) {
    AmqpConnection connection;
    try {
      ClientOpening client = new ClientOpening(options, context.owner(), opening);
      BrokerSocket socket = client.socket();
      Connection amqp =
          client.client(socket, threads, new ClientErrors(cause -> inbox.add(() -> ended(cause))));
      connection = new AmqpConnection(this, amqp, socket);
    } catch (Exception e) {
      opening.abort();
      inbox.add(() -> promise.tryFail(failures.connecting(e)));
      return;
    }
    inbox.add(() -> opened(connection));
    connection.write();
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
    SocketOpening opening = sockets;
    if (opening != null) {
      opening.abort();
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
