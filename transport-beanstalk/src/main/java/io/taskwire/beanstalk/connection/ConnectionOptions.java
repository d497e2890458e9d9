/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.vertx.core.net.ClientSSLOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link BeanstalkConnection} leads, and its limits.
 *
 * @param host name or address of the broker
 * @param port its port, 1 to 65535
 * @param connectTimeout limit of name resolution, connect and TLS handshake together
 * @param replyTimeout how long the broker may be silent while it owes an answer; then the connection is closed. A reserve
 *     that waits has its own timeout on top, a reserve without one has no limit
 * @param maxBody bytes of the largest body that is handed on; a larger one is reported as oversized
 * @param maxPipelined commands that may be unanswered at once; one more fails, unsent
 * @param ssl how to speak TLS (to a proxy: the broker has none); null for a plain connection
 */
public record ConnectionOptions(
    String host,
    int port,
    Duration connectTimeout,
    Duration replyTimeout,
    int maxBody,
    int maxPipelined,
    @Nullable ClientSSLOptions ssl) {

  /** Default of {@link #connectTimeout()}. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Default of {@link #replyTimeout()}. */
  public static final Duration DEFAULT_REPLY_TIMEOUT = Duration.ofSeconds(30);

  /** Default of {@link #maxBody()}: 64 MiB. */
  public static final int DEFAULT_MAX_BODY = 64 << 20;

  /** Default of {@link #maxPipelined()}. */
  public static final int DEFAULT_MAX_PIPELINED = 65_536;

  /**
   * Checks the values.
   *
   * @param host name or address of the broker
   * @param port its port
   * @param connectTimeout limit of connecting
   * @param replyTimeout limit of an answer
   * @param maxBody bytes of the largest body
   * @param maxPipelined commands unanswered at once
   * @param ssl how to speak TLS, null for not at all
   */
  public ConnectionOptions {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
    }
    checkLimit("connectTimeout", connectTimeout);
    checkLimit("replyTimeout", replyTimeout);
    if (maxBody < 0 || maxPipelined < 1) {
      throw new IllegalArgumentException("maxBody is 0 or more, maxPipelined 1 or more");
    }
  }

  /**
   * A plain connection with the default limits.
   *
   * @param host name or address of the broker
   * @param port its port
   * @return the options
   */
  public static ConnectionOptions of(String host, int port) {
    return new ConnectionOptions(
        host,
        port,
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_REPLY_TIMEOUT,
        DEFAULT_MAX_BODY,
        DEFAULT_MAX_PIPELINED,
        null);
  }

  /**
   * The same with other time limits.
   *
   * @param connect limit of connecting
   * @param reply limit of an answer
   * @return new options
   */
  public ConnectionOptions withTimeouts(Duration connect, Duration reply) {
    return new ConnectionOptions(host, port, connect, reply, maxBody, maxPipelined, ssl);
  }

  /**
   * The same with other sizes.
   *
   * @param body bytes of the largest body
   * @param pipelined commands unanswered at once
   * @return new options
   */
  public ConnectionOptions withLimits(int body, int pipelined) {
    return new ConnectionOptions(host, port, connectTimeout, replyTimeout, body, pipelined, ssl);
  }

  /**
   * The same over TLS.
   *
   * @param options trust, keys and host name verification
   * @return new options
   */
  public ConnectionOptions withSsl(ClientSSLOptions options) {
    return new ConnectionOptions(
        host, port, connectTimeout, replyTimeout, maxBody, maxPipelined, options);
  }

  private static void checkLimit(String name, Duration limit) {
    if (limit.toMillis() < 1 || limit.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " is 1 ms to 24 days, not " + limit);
    }
  }
}
