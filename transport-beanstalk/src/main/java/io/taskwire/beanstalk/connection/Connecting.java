/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.spi.TcpKeepAlive;
import io.taskwire.spi.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TcpClientConfig;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The making of one connection, within one limit; a socket that comes after the limit, or after an abort, is closed. */
final class Connecting {

  private static final long ABORT_LIMIT_MILLIS = 1000;

  private final Context context;
  private final ConnectionOptions options;
  private final Ticker replies;
  private final Promise<BeanstalkConnection> promise = Promise.promise();

  private @Nullable NetClient client;
  private @Nullable Future<NetSocket> socket;

  /** @param replies looks after the limit of answers, for all connections of the same limit */
  Connecting(Context context, ConnectionOptions options, Ticker replies) {
    this.context = context;
    this.options = options;
    this.replies = replies;
  }

  public Future<BeanstalkConnection> start() {
    context.runOnContext(v -> connect());
    return promise.future();
  }

  private void connect() {
    if (promise.future().isComplete()) {
      return;
    }
    Vertx vertx = context.owner();
    NetClient made =
        vertx.createNetClient(new TcpClientConfig().setTransportConfig(TcpKeepAlive.config()));
    client = made;
    long limit = options.connectTimeout().toMillis();
    long timer = vertx.setTimer(limit, id -> {
      promise.tryFail(new TimeoutException(
          options.host() + ":" + options.port() + " did not answer within " + limit + " ms"));
      made.close();
    });
    socket = made.connect(target(options)).onComplete(connected -> {
      vertx.cancelTimer(timer);
      if (connected.failed()) {
        made.close();
        promise.tryFail(connected.cause());
      } else {
        connected(made, connected.result());
      }
    });
  }

  private void connected(NetClient made, NetSocket connected) {
    BeanstalkConnection connection =
        new BeanstalkConnection(context, options, replies, made, connected);
    connection.open();
    if (!promise.tryComplete(connection)) {
      connection.close();
    }
  }

  /** Gives up; on the context. Completes when no socket is left, and fails what {@link #start} promised. */
  public Future<Void> abort() {
    promise.tryFail(new BeanstalkClosedException("given up while connecting", false, null));
    Future<NetSocket> pending = socket;
    if (client == null || pending == null) {
      return Future.succeededFuture();
    }
    Future<Void> ended =
        client.close().eventually(() -> pending.transform(done -> Future.succeededFuture()));
    return TimeLimit.of(context.owner(), ABORT_LIMIT_MILLIS, ended).otherwiseEmpty();
  }

  private static ConnectOptions target(ConnectionOptions options) {
    ConnectOptions target = new ConnectOptions().setHost(options.host()).setPort(options.port());
    ClientSSLOptions ssl = options.ssl();
    return ssl == null ? target : target.setSsl(true).setSslOptions(ssl);
  }
}
