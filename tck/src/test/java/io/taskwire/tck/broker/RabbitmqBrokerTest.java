/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.tck.tls.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RabbitmqBrokerTest {

  private static final byte[] HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

  @Test
  void a_node_outlives_its_broker_and_is_lent_to_the_next_one() {
    int port;
    try (RabbitmqBroker first = RabbitmqBroker.create()) {
      first.start();
      port = first.port();
    }

    try (RabbitmqBroker second = RabbitmqBroker.create()) {
      second.start();

      assertThat(second.port()).isEqualTo(port);
    }
  }

  @Test
  void a_node_is_lent_without_queues() {
    RabbitmqBroker first = started();
    int port = first.port();
    first.ask(
        "{new, _} = rabbit_amqqueue:declare(rabbit_misc:r(<<\"/\">>, queue, <<\"left\">>), true, false, [], none,"
            + " <<\"test\">>)");
    assertThat(first.ask("rabbit_amqqueue:count()")).isEqualTo("1");
    first.close();

    RabbitmqBroker second = started();
    assertThat(second.port()).isEqualTo(port);
    assertThat(second.ask("rabbit_amqqueue:count()")).isEqualTo("0");
    second.close();
  }

  @Test
  void a_node_that_was_told_anything_is_not_lent() {
    RabbitmqBroker first = started();
    int port = first.port();
    first.evaluate("application:set_env(rabbit, consumer_timeout, 1000)");
    first.close();

    RabbitmqBroker second = started();
    assertThat(second.port()).isNotEqualTo(port);
    second.close();
  }

  @Test
  void nobody_listens_at_an_address_that_is_asked_for_before_the_start() {
    RabbitmqBroker running = started();
    int port = running.port();
    running.close();

    try (RabbitmqBroker asked = RabbitmqBroker.create()) {
      assertThat(asked.port()).isNotEqualTo(port);
      assertThat(asked.isRunning()).isFalse();
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), asked.port()))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void a_node_with_connections_left_is_not_lent() throws IOException {
    RabbitmqBroker first = started();
    int port = first.port();
    Socket left = new Socket(InetAddress.getLoopbackAddress(), port);
    assertThat(first.connections()).isEqualTo(1);
    first.close();

    RabbitmqBroker second = started();
    assertThat(second.port()).isNotEqualTo(port);
    second.close();
    left.close();
  }

  private static RabbitmqBroker started() {
    RabbitmqBroker broker = RabbitmqBroker.create();
    broker.start();
    return broker;
  }

  @Test
  void an_operator_does_what_operators_do() throws IOException {
    try (RabbitmqBroker broker = RabbitmqBroker.create()) {
      broker.start();

      broker.memoryAlarm();
      assertThat(broker.evaluate("rabbit_alarm:get_alarms()")).contains("memory");
      broker.endMemoryAlarm();
      assertThat(broker.evaluate("rabbit_alarm:get_alarms()")).isEqualTo("[]");

      broker.addUser("nobody", "secret \"quoted\"");
      broker.addUser("nobody", "other");
      broker.permit("nobody", "", "a.*", "^$");
      assertThat(
              broker.evaluate("rabbit_auth_backend_internal:list_user_permissions(<<\"nobody\">>)"))
          .contains("a.*");

      broker.addVirtualHost("täglich");
      broker.addVirtualHost("täglich");
      assertThat(broker.evaluate("rabbit_vhost:exists(" + ErlangShell.binary("täglich") + ")"))
          .isEqualTo("true");

      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
        socket.getOutputStream().write(HEADER);
        assertThat(socket.getInputStream().read()).isEqualTo(1);
        broker.closeConnections("it is \"late\"");
      }
    }
  }

  @Test
  void what_the_shell_cannot_do_is_an_error_that_tells_why() {
    try (RabbitmqBroker broker = RabbitmqBroker.create()) {
      broker.start();

      assertThatThrownBy(() -> broker.evaluate("error(why_not)"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("why_not");
      assertThat(broker.evaluate("1 + 1")).isEqualTo("2");
    }
  }

  @Test
  void the_management_plugin_answers_where_it_is_asked_for() throws IOException {
    try (RabbitmqBroker broker = RabbitmqBroker.withManagement()) {
      broker.start();

      HttpURLConnection http = (HttpURLConnection)
          URI.create(broker.managementUrl() + "/api/queues").toURL().openConnection();
      http.setRequestProperty(
          "Authorization",
          "Basic "
              + Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8)));
      assertThat(http.getResponseCode()).isEqualTo(200);
      http.disconnect();
    }
  }

  @Test
  void it_speaks_tls_itself() throws Exception {
    try (RabbitmqBroker broker = RabbitmqBroker.withTls()) {
      broker.start();

      assertThat(broker.url()).startsWith("amqps://localhost:" + broker.port());
      try (Socket socket = trusting().getSocketFactory().createSocket("localhost", broker.port())) {
        socket.getOutputStream().write(HEADER);
        assertThat(socket.getInputStream().read()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_client_without_a_certificate_is_refused_where_one_is_asked_for() throws Exception {
    try (RabbitmqBroker broker = RabbitmqBroker.withMutualTls()) {
      broker.start();

      try (Socket socket = trusting().getSocketFactory().createSocket("localhost", broker.port())) {
        assertThatThrownBy(() -> {
              socket.getOutputStream().write(HEADER);
              socket.getInputStream().read();
            })
            .isInstanceOf(IOException.class);
      }
    }
  }

  private static SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(TestCertificates.ca())) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
