/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.taskwire.spi.Secret;
import io.taskwire.spi.Tls;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where an {@link AmqpConnection} leads.
 *
 * @param host name or address of the broker
 * @param port its port, 1 to 65535
 * @param virtualHost the virtual host, {@code /} by default at the broker
 * @param user who connects
 * @param password the user's password
 * @param tls how to speak TLS; null for a plain connection
 * @param connectTimeout limit of name resolution, connect, TLS handshake and AMQP handshake together
 * @param heartbeat after how long without a sign of life the connection is given up; at most what the broker wants (60 s by
 *     default), zero for just that
 * @param clientName shown by the broker's management
 */
public record ConnectionOptions(
    String host,
    int port,
    String virtualHost,
    String user,
    Secret password,
    @Nullable Tls tls,
    Duration connectTimeout,
    Duration heartbeat,
    String clientName) {

  /** Checks the values. */
  public ConnectionOptions {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
    }
    if (connectTimeout.toMillis() < 1 || connectTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "connectTimeout is 1 ms to 24 days, not " + connectTimeout);
    }
    if (heartbeat.isNegative() || heartbeat.toSeconds() > 65_535) {
      throw new IllegalArgumentException("heartbeat is 0 to 65535 s, not " + heartbeat);
    }
  }

  /** Host and port. */
  public String broker() {
    return host + ":" + port;
  }
}
