/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.admin;

import io.taskwire.InvalidOptionException;
import io.taskwire.rabbitmq.connection.ConnectionOptions;
import io.taskwire.rabbitmq.transport.Credentials;
import io.taskwire.rabbitmq.transport.TransportOptions;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.ClientKind;
import io.taskwire.spi.ClientSettings;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.Tls;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a URI says to an admin.
 *
 * @param connection how the broker is connected
 * @param management where the management plugin is, without a slash at the end
 */
record AdminOptions(ConnectionOptions connection, String management) {

  private static final int PORT = 5672;
  private static final int TLS_PORT = 5671;
  private static final int MANAGEMENT_PORT = 15_672;
  private static final int TLS_MANAGEMENT_PORT = 15_671;

  private static final Option<String> MANAGEMENT = Option.text(
          "management",
          Pattern.compile("https?://[^/?#@]+(/[^?#]*)?"),
          "the URL of the management plugin without user and password, as in http://localhost:15672",
          "Where the management plugin is, which lists the queues.")
      .defaultInWords("port 15672 of the broker; with amqps: https and port 15671");

  private static final ClientKind KIND = new ClientKind(
      "RabbitMQ",
      "amqp",
      PORT,
      List.of(
          CoreOptions.CONNECT_TIMEOUT,
          TransportOptions.HEARTBEAT,
          TransportOptions.USERNAME,
          TransportOptions.PASSWORD,
          MANAGEMENT,
          CoreOptions.KEY,
          CoreOptions.CERT,
          CoreOptions.CA,
          CoreOptions.VERIFY),
      "RabbitmqAdmin",
      false);

  /**
   * Reads a URI; nothing is connected yet.
   *
   * @param vertx used to read TLS files
   * @throws InvalidOptionException if it is wrong, or a TLS file cannot be used
   * @throws IllegalArgumentException if it names more than one broker
   */
  static AdminOptions of(Vertx vertx, String text) {
    ClientSettings settings = ClientSettings.builder(KIND).uri(text).build();
    BrokerUri uri = Objects.requireNonNull(settings.uri());
    if (uri.hosts().size() != 1) {
      throw new IllegalArgumentException("an admin looks after one broker, and " + uri + " names "
          + uri.hosts().size() + ": open one for each");
    }
    boolean isTls = settings.isTls();
    HostPort host = uri.hosts().get(0).withDefaultPort(isTls ? TLS_PORT : PORT);
    Credentials credentials = Credentials.of(uri, settings);
    @Nullable Tls tls = isTls ? Tls.of(vertx, settings.tlsFiles(), settings.sslOptions()) : null;
    ConnectionOptions connection = new ConnectionOptions(
        host.host(),
        host.port(),
        uri.path().isEmpty() ? "/" : uri.path(),
        credentials.user(),
        credentials.password(),
        tls,
        settings.get(CoreOptions.CONNECT_TIMEOUT),
        settings.get(TransportOptions.HEARTBEAT),
        "taskwire admin");
    String management = settings.isSet(MANAGEMENT)
        ? settings.get(MANAGEMENT)
        : isTls
            ? "https://" + new HostPort(host.host(), TLS_MANAGEMENT_PORT)
            : "http://" + new HostPort(host.host(), MANAGEMENT_PORT);
    return new AdminOptions(connection, management.replaceAll("/+$", ""));
  }
}
