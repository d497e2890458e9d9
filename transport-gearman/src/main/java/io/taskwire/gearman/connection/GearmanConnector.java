/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.GearmanOptions;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.TcpKeepAlive;
import io.taskwire.spi.Ticker;
import io.taskwire.spi.Tls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.TcpClientConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens connections to servers, handshake included. */
public final class GearmanConnector {

  private final Context context;
  private final int maxPayload;
  private final Duration limit;

  /** One for all connections. */
  private final Ticker heartbeat;

  private final @Nullable Tls tls;

  /** Held as long as its connections live: the garbage collector closes a client that nothing refers to. */
  private final NetClient client;

  public GearmanConnector(Context context, int maxPayload, Duration limit, Duration heartbeat) {
    this(context, maxPayload, limit, heartbeat, null);
  }

  /**
   * Creates a connector; nothing is connected yet.
   *
   * @param limit of one attempt, handshake included
   * @param tls how connections are encrypted, null if they are not
   */
  public GearmanConnector(
      Context context, int maxPayload, Duration limit, Duration heartbeat, @Nullable Tls tls) {
    this.tls = tls;
    this.context = context;
    this.maxPayload = maxPayload;
    this.limit = limit;
    this.heartbeat = new Ticker(context, heartbeat);
    client = context
        .owner()
        .createNetClient(new TcpClientConfig().setTransportConfig(TcpKeepAlive.config()));
  }

  /**
   * A connector as the options want it.
   *
   * @throws io.taskwire.InvalidOptionException if a TLS file cannot be used
   */
  public static GearmanConnector of(Context context, GearmanOptions options) {
    return new GearmanConnector(
        context,
        options.maxPayload(),
        options.connectTimeout(),
        options.heartbeat(),
        options.isTls() ? Tls.of(context.owner(), options.tlsFiles(), options.sslOptions()) : null);
  }

  /**
   * Opens a connection.
   *
   * @param owner hears of it from now on; of its end also if the handshake fails
   * @return a connection whose peer has answered; fails with a {@link BrokerConnectException}
   */
  public Future<GearmanConnection> open(HostPort host, ConnectionOwner owner) {
    String broker = host.toString();
    long began = System.nanoTime();
    ConnectOptions options = new ConnectOptions()
        .setHost(host.host())
        .setPort(host.port())
        .setTimeout(Math.toIntExact(limit.toMillis()));
    if (tls != null) {
      options
          .setSsl(true)
          .setSslOptions(tls.clientOptions()
              .setSslHandshakeTimeout(limit.toMillis())
              .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
    }
    return client
        .connect(options)
        .compose(socket -> {
          GearmanConnection connection =
              new GearmanConnection(context, socket, broker, maxPayload, heartbeat, tls, owner);
          long left = Math.max(1, limit.toMillis() - (System.nanoTime() - began) / 1_000_000);
          long timer = context.owner().setTimer(left, id -> connection.close(noAnswer(broker)));
          return connection
              .start()
              .onComplete(done -> context.owner().cancelTimer(timer))
              .map(connection);
        })
        .recover(cause -> Future.failedFuture(
            tls == null ? BrokerConnectException.of(broker, cause) : tls.failed(broker, cause)));
  }

  private BrokerConnectException noAnswer(String broker) {
    return new BrokerConnectException(
        "cannot connect to " + broker + ": it takes connections but has not answered within "
            + limit.toMillis() + " ms",
        true,
        null);
  }

  public Future<Void> close() {
    return client.close();
  }
}
