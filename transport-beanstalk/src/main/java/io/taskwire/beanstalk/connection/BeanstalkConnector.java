/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Tls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Opens connections as options want them, and closes at last what it has opened. All on one event loop. */
public final class BeanstalkConnector {

  private final Context context;
  private final BeanstalkOptions options;
  private final @Nullable Tls tls;
  private final Connections connections;

  /**
   * Prepares; nothing is connected yet.
   *
   * @throws io.taskwire.InvalidOptionException if a TLS file cannot be used
   */
  public BeanstalkConnector(Context context, BeanstalkOptions options) {
    this.context = context;
    this.options = options;
    this.connections = new Connections(context, options.requestTimeout());
    this.tls =
        options.isTls() ? Tls.of(context.owner(), options.tlsFiles(), options.sslOptions()) : null;
  }

  /** The event loop. */
  public Context context() {
    return context;
  }

  /**
   * Opens a connection.
   *
   * @return a connection whose server has answered; fails with a {@link BrokerConnectException}, or a {@link
   *     BeanstalkClosedException} once this is closed
   */
  public Future<BeanstalkConnection> open(HostPort host) {
    long began = System.nanoTime();
    return connections
        .open(connectionOptions(host))
        .compose(connection -> greet(connection, began))
        .recover(cause -> Future.failedFuture(
            connections.isClosed()
                ? new BeanstalkClosedException(
                    "the connection to " + host + " was closed by this side", false, null)
                : ConnectFailure.of(host.toString(), tls, cause)));
  }

  private ConnectionOptions connectionOptions(HostPort host) {
    ConnectionOptions plain = new ConnectionOptions(
        host.host(),
        host.port(),
        options.connectTimeout(),
        options.requestTimeout(),
        options.maxPayload(),
        options.maxPipelined(),
        null);
    return tls == null ? plain : plain.withSsl(tls.clientOptions());
  }

  /** With TLS 1.3 a refusal of the client's certificate comes after the handshake, and any server takes a connection. */
  private Future<BeanstalkConnection> greet(BeanstalkConnection connection, long began) {
    long left = options.connectTimeout().toMillis() - (System.nanoTime() - began) / 1_000_000;
    return TimeLimit.of(
            context.owner(), Math.max(1, left), connection.send(new Command.ListTubeUsed()))
        .map(connection)
        .onFailure(cause -> connection.close());
  }

  /** Ends all connections because of what has happened to one, and opens no more; on the event loop. */
  public void end(Throwable cause) {
    connections.end(cause);
  }

  /** Gives up what is being opened, and closes what is open; completes, on no context, when all is closed, and does not fail. */
  public Future<Void> close() {
    return connections.close();
  }
}
