/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ExceptionHandler;
import io.taskwire.spi.Tls;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;

/** Opens amqp-client's connection over a socket of ours; blocks, on the writing thread. */
final class ClientOpening {

  /** The largest message that RabbitMQ has: beyond a lower limit the client would close the connection, again and again. */
  private static final int MAX_BODY = 512 << 20;

  /** How long the broker may take for one answer on a channel. */
  static final int ANSWER_LIMIT_MILLIS = 20_000;

  private final ConnectionOptions options;
  private final Vertx vertx;
  private final SocketOpening sockets;

  ClientOpening(ConnectionOptions options, Vertx vertx, SocketOpening sockets) {
    this.options = options;
    this.vertx = vertx;
    this.sockets = sockets;
  }

  BrokerSocket socket() throws IOException {
    FlightSocket plain = sockets.connect();
    Tls tls = options.tls();
    if (tls == null) {
      return new BrokerSocket(plain, plain);
    }
    plain.setSoTimeout(sockets.millisLeft());
    try {
      return new BrokerSocket(
          plain, TlsLayer.on(plain, options.host(), options.port(), tls, vertx));
    } catch (IOException e) {
      BrokerSocket.abort(plain);
      throw e;
    }
  }

  Connection client(BrokerSocket socket, ThreadFactory threads, ExceptionHandler errors)
      throws IOException, TimeoutException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUsername(options.user());
    factory.setPassword(options.password().reveal());
    factory.setVirtualHost(options.virtualHost());
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setRequestedHeartbeat(heartbeatSeconds());
    // It gives each answer of the handshake half of it; who waits for the connection has a limit
    // for all.
    factory.setHandshakeTimeout((int) Math.min(Integer.MAX_VALUE, 2L * sockets.millisLeft()));
    factory.setChannelRpcTimeout(ANSWER_LIMIT_MILLIS);
    factory.setMaxInboundMessageBodySize(MAX_BODY);
    factory.setSocketConfigurator(configured -> {});
    factory.setSocketFactory(new OneSocketFactory(socket));
    factory.setThreadFactory(threads);
    factory.setSharedExecutor(new ClientExecutor());
    factory.setExceptionHandler(errors);
    factory.getClientProperties().put("product", "Taskwire");
    InetAddress address = socket.getInetAddress();
    String numeric = address == null ? options.host() : address.getHostAddress();
    return factory.newConnection(
        List.of(new Address(numeric, options.port())), options.clientName());
  }

  private int heartbeatSeconds() {
    return options.heartbeat().isZero()
        ? 0
        : (int) Math.max(1, options.heartbeat().toSeconds());
  }
}
