/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ExceptionHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;

/** Opens amqp-client's connection over a socket of ours; blocks, on a thread of its own. */
final class ClientOpening {

  /** The largest message that RabbitMQ has: beyond a lower limit the client would close the connection, again and again. */
  private static final int MAX_BODY = 512 << 20;

  /** How long the broker may take for one answer on a channel. */
  static final int ANSWER_LIMIT_MILLIS = 20_000;

  private final ConnectionOptions options;
  private final ThreadFactory threads;
  private final ExceptionHandler errors;

  ClientOpening(ConnectionOptions options, ThreadFactory threads, ExceptionHandler errors) {
    this.options = options;
    this.threads = threads;
    this.errors = errors;
  }

  Connection open(FrameSocket socket, int limitMillis) throws IOException, TimeoutException {
    ConnectionFactory factory = new OverSocket(socket);
    factory.setUsername(options.user());
    factory.setPassword(options.password().reveal());
    factory.setVirtualHost(options.virtualHost());
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setRequestedHeartbeat(heartbeatSeconds());
    // It gives each answer of the handshake half of it; who waits for the connection has a limit
    // for all.
    factory.setHandshakeTimeout((int) Math.min(Integer.MAX_VALUE, 2L * limitMillis));
    factory.setChannelRpcTimeout(ANSWER_LIMIT_MILLIS);
    factory.setMaxInboundMessageBodySize(MAX_BODY);
    factory.setThreadFactory(threads);
    factory.setSharedExecutor(new ClientExecutor());
    factory.setExceptionHandler(errors);
    factory.getClientProperties().put("product", "Taskwire");
    return factory.newConnection(
        List.of(new Address(options.host(), options.port())), options.clientName());
  }

  private int heartbeatSeconds() {
    return options.heartbeat().isZero()
        ? 0
        : (int) Math.max(1, options.heartbeat().toSeconds());
  }

  /** Gives amqp-client the one socket that it is to use. */
  private static final class OverSocket extends ConnectionFactory {

    private final FrameSocket socket;

    OverSocket(FrameSocket socket) {
      this.socket = socket;
    }

    @Override
    protected synchronized FrameHandlerFactory createFrameHandlerFactory() {
      return (address, name) -> socket;
    }
  }
}
