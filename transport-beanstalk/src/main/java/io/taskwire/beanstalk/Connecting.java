/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeoutException;

/** The making of one connection, within one limit; whatever comes after the limit is closed. */
final class Connecting {

  private Connecting() {}

  static Future<BeanstalkConnection> start(Context context, ConnectionOptions options) {
    Promise<BeanstalkConnection> promise = Promise.promise();
    context.runOnContext(v -> connect(context, options, promise));
    return promise.future();
  }

  private static void connect(
      Context context, ConnectionOptions options, Promise<BeanstalkConnection> promise) {
    Vertx vertx = context.owner();
    NetClient client = vertx.createNetClient(netOptions(options));
    long limit = options.connectTimeout().toMillis();
    long timer = vertx.setTimer(limit, id -> {
      TimeoutException cause = new TimeoutException(
          options.host() + ":" + options.port() + " did not answer within " + limit + " ms");
      if (promise.tryFail(cause)) {
        client.close();
      }
    });
    client.connect(target(options)).onComplete(connected -> {
      vertx.cancelTimer(timer);
      if (connected.failed()) {
        client.close();
        promise.tryFail(connected.cause());
        return;
      }
      NetSocket socket = connected.result();
      BeanstalkConnection connection = new BeanstalkConnection(context, options, client, socket);
      connection.open();
      if (!promise.tryComplete(connection)) {
        connection.close();
      }
    });
  }

  private static NetClientOptions netOptions(ConnectionOptions options) {
    return new NetClientOptions().setTcpNoDelay(true).setTcpKeepAlive(true).setConnectTimeout((int)
        options.connectTimeout().toMillis());
  }

  private static ConnectOptions target(ConnectionOptions options) {
    ConnectOptions target = new ConnectOptions().setHost(options.host()).setPort(options.port());
    ClientSSLOptions ssl = options.ssl();
    return ssl == null ? target : target.setSsl(true).setSslOptions(ssl);
  }
}
