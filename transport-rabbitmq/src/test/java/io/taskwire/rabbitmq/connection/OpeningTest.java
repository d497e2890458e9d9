/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.TlsVerification;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Secret;
import io.taskwire.spi.Tls;
import io.taskwire.spi.TlsFiles;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.RabbitmqBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.taskwire.tck.proxy.TlsEnd;
import io.taskwire.tck.tls.TestCertificates;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpeningTest extends OnBroker {

  private static final String PASSWORD = "s3cret-word";

  private static ConnectionOptions options(
      String host, int port, String virtualHost, String user, @Nullable Tls tls) {
    return new ConnectionOptions(
        host,
        port,
        virtualHost,
        user,
        Secret.of(user.equals("guest") ? "guest" : PASSWORD),
        tls,
        Duration.ofSeconds(15),
        Duration.ofSeconds(20),
        "a test");
  }

  private static ConnectionOptions hasty(int port) {
    return new ConnectionOptions(
        "127.0.0.1",
        port,
        "/",
        "guest",
        Secret.of("guest"),
        null,
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        "a test");
  }

  private BrokerConnectException refused(ConnectionOptions options) {
    BrokerConnectException failure =
        Await.failure(loop.opening(options), BrokerConnectException.class);
    for (Throwable at = failure; at != null; at = at.getCause()) {
      assertThat(at.toString()).doesNotContain(PASSWORD);
    }
    Await.until(
        "no thread is left", () -> AmqpConnectionTest.threads(options.port()).isEmpty());
    return failure;
  }

  private Tls tls(Path ca, TlsVerification verify) {
    return Tls.of(loop.context().owner(), new TlsFiles(null, null, ca, verify));
  }

  @Test
  void options_mask_the_password() {
    assertThat(options("h", 1, "/", "me", null).toString()).contains("me").doesNotContain(PASSWORD);
  }

  @Test
  void wrong_password_is_final() {
    BrokerConnectException failure =
        refused(options("127.0.0.1", broker.port(), "/", "nobody", null));
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("refuses the user nobody, or the password");
  }

  @Test
  void missing_virtual_host_is_final() {
    BrokerConnectException failure =
        refused(options("127.0.0.1", broker.port(), "no-such", "guest", null));
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("no-such");
    assertThat(failure).hasCauseInstanceOf(BrokerRefusal.class);
  }

  @Test
  void virtual_host_that_the_user_may_not_enter_is_final() {
    broker.addUser("stranger", PASSWORD);
    BrokerConnectException failure =
        refused(options("127.0.0.1", broker.port(), "/", "stranger", null));
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("refused for user 'stranger'");
  }

  @Test
  void other_virtual_host_is_entered() {
    broker.addVirtualHost("the other");
    AmqpConnection connection =
        loop.open(options("127.0.0.1", broker.port(), "the other", "guest", null));
    assertThat(loop.failure(() -> connection.ask(channel -> channel.messageCount("no.such"))))
        .hasMessageContaining("in vhost 'the other'");
  }

  @Test
  void closed_port_is_worth_another_attempt() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    BrokerConnectException failure = refused(options("127.0.0.1", port, "/", "guest", null));
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining("refused");
  }

  @Test
  void unknown_host_is_worth_another_attempt() {
    BrokerConnectException failure =
        refused(options("no-such-host.invalid", 5672, "/", "guest", null));
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining("cannot be resolved");
  }

  @Test
  void other_protocol_is_final() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answer(other, "HTTP/1.1 400 Bad Request\r\n\r\n"));
      answering.start();
      BrokerConnectException failure =
          refused(options("127.0.0.1", other.getLocalPort(), "/", "guest", null));
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure).hasMessageContaining("does not speak AMQP");
    }
  }

  private static void answer(ServerSocket server, String text) {
    try (Socket accepted = server.accept()) {
      accepted.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      accepted.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void silent_server_is_given_up_in_time() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      long began = System.nanoTime();
      BrokerConnectException failure = refused(hasty(silent.getLocalPort()));
      assertThat(failure.isRetryable()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
    }
  }

  @Test
  void attempt_is_given_up_at_once_when_it_is_closed() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      int port = silent.getLocalPort();
      Connections connections = loop.get(() -> new Connections(loop.context()));
      Future<AmqpConnection> attempt =
          loop.get(() -> connections.open(options("127.0.0.1", port, "/", "guest", null)));
      try (Socket accepted = silent.accept()) {
        long began = System.nanoTime();
        loop.await(connections::close);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        assertThat(Await.failure(attempt)).hasMessageContaining("given up");
        assertThat(AmqpConnectionTest.threads(port)).isEmpty();
        assertThat(accepted.isConnected()).isTrue();
      }
      assertThat(
              loop.failure(() -> connections.open(options("127.0.0.1", port, "/", "guest", null))))
          .isInstanceOf(BrokerConnectException.class);
    }
  }

  @Test
  void connections_close_all_that_they_have_opened() {
    Connections connections = loop.get(() -> new Connections(loop.context()));
    AmqpConnection first = loop.await(() -> connections.open(OnLoop.options(broker.port())));
    AmqpConnection second = loop.await(() -> connections.open(OnLoop.options(broker.port())));
    loop.await(connections::close);
    assertThat(first.closed().isComplete()).isTrue();
    assertThat(second.closed().isComplete()).isTrue();
    assertThat(AmqpConnectionTest.threads(broker.port())).isEmpty();
  }

  @Test
  void encrypted_connection_carries_messages() {
    try (RabbitmqBroker encrypted = RabbitmqBroker.withTls()) {
      encrypted.start();
      AmqpConnection connection = loop.open(options(
          "localhost",
          encrypted.port(),
          "/",
          "guest",
          tls(TestCertificates.ca(), TlsVerification.FULL)));
      String queue = loop.queue(connection);
      PublishChannel publisher = loop.publisher(connection);
      Published published = new Published();
      loop.run(() -> publisher.publish(OnLoop.message(queue, new byte[300_000]), published));
      assertThat(published.next()).isEqualTo("confirmed");
      loop.await(connection::close);

      BrokerConnectException plain =
          refused(options("localhost", encrypted.port(), "/", "guest", null));
      assertThat(plain.isRetryable()).isFalse();
      assertThat(plain).hasMessageContaining("speaks TLS");
    }
  }

  @Test
  void broker_that_wants_a_certificate_gets_it() {
    try (RabbitmqBroker mutual = RabbitmqBroker.withMutualTls()) {
      mutual.start();
      TlsFiles files = new TlsFiles(
          TestCertificates.CLIENT.key(),
          TestCertificates.CLIENT.certificate(),
          TestCertificates.ca(),
          TlsVerification.FULL);
      AmqpConnection connection = loop.open(options(
          "localhost", mutual.port(), "/", "guest", Tls.of(loop.context().owner(), files)));
      loop.await(connection::close);
      BrokerConnectException without = refused(options(
          "localhost",
          mutual.port(),
          "/",
          "guest",
          tls(TestCertificates.ca(), TlsVerification.FULL)));
      assertThat(without.isRetryable()).isFalse();
      assertThat(without).hasMessageContaining("wants a client certificate");
    }
  }

  @Test
  void unknown_authority_is_final() {
    try (TcpProxy proxy = TcpProxy.tls(broker.port(), TlsEnd.of(TestCertificates.SERVER))) {
      BrokerConnectException failure = refused(options(
          "localhost",
          proxy.port(),
          "/",
          "guest",
          tls(TestCertificates.otherCa(), TlsVerification.FULL)));
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure).hasMessageContaining("not signed by a trusted authority");
      loop.open(options(
          "localhost",
          proxy.port(),
          "/",
          "guest",
          tls(TestCertificates.otherCa(), TlsVerification.OFF)));
    }
  }

  @Test
  void other_host_name_is_final_unless_names_do_not_matter() {
    try (TcpProxy proxy = TcpProxy.tls(broker.port(), TlsEnd.of(TestCertificates.WRONG_HOST))) {
      BrokerConnectException failure = refused(options(
          "localhost",
          proxy.port(),
          "/",
          "guest",
          tls(TestCertificates.ca(), TlsVerification.FULL)));
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure).hasMessageContaining("not made for the host localhost");
      loop.open(options(
          "localhost", proxy.port(), "/", "guest", tls(TestCertificates.ca(), TlsVerification.CA)));
    }
  }

  @Test
  void tls_to_a_plain_port_is_final() {
    BrokerConnectException failure = refused(options(
        "localhost",
        broker.port(),
        "/",
        "guest",
        tls(TestCertificates.ca(), TlsVerification.FULL)));
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("does not speak TLS");
  }
}
