/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.QueueOptions;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskQueue;
import io.taskwire.TlsVerification;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.taskwire.tck.proxy.TlsEnd;
import io.taskwire.tck.tls.TestCertificates;
import io.vertx.core.Future;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real gearmand behind a proxy that speaks TLS: who is let in, and what the others are told. */
@Timeout(60)
class TlsTest {

  private static final GearmandBroker BROKER = GearmandBroker.create();

  @BeforeAll
  static void startBroker() {
    BROKER.start();
  }

  @AfterAll
  static void closeBroker() {
    BROKER.close();
  }

  private static QueueOptions.Builder trusting(TcpProxy proxy) {
    return at("localhost", proxy).ca(TestCertificates.ca());
  }

  private static QueueOptions.Builder at(String host, TcpProxy proxy) {
    // Retrying for ever: only what is not worth another attempt ends the wait.
    return QueueOptions.builder()
        .uri("gearmans://" + host + ":" + proxy.port())
        .acceptTimeout(Duration.ofSeconds(20));
  }

  static void works(QueueOptions options) {
    try (TaskQueue queue = TaskQueue.open(options)) {
      queue.on("tls", String.class, name -> "hello " + name);
      queue.start().await(20, TimeUnit.SECONDS);
      assertThat(queue.call("tls", "world", String.class).await(20, TimeUnit.SECONDS))
          .isEqualTo("hello world");
    } catch (TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }

  /** What start() is told at once, without another attempt. */
  static String refusal(QueueOptions options) {
    try (TaskQueue queue = TaskQueue.open(options)) {
      queue.on("tls", String.class, name -> "hello " + name);
      Throwable failure = queue
          .start()
          .transform(result -> Future.succeededFuture(result.cause()))
          .await(20, TimeUnit.SECONDS);
      assertThat(failure).isInstanceOf(TaskConnectException.class);
      assertThat(failure.getCause())
          .isInstanceOfSatisfying(
              BrokerConnectException.class,
              cause -> assertThat(cause.isRetryable()).isFalse());
      assertThatThrownBy(() -> queue.call("tls", "world", String.class).await())
          .isInstanceOfSatisfying(
              TaskConnectException.class, e -> assertThat(e.isSafeToRetry()).isTrue());
      return String.valueOf(failure.getMessage());
    } catch (TimeoutException e) {
      throw new AssertionError("start() went on trying", e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void tasks_travel_by_tls(String version) {
    TlsEnd tls = TlsEnd.of(TestCertificates.SERVER).only(version);
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), tls)) {
      works(trusting(proxy).build());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_client_certificate_is_shown_where_it_is_asked_for(String version) {
    TlsEnd tls =
        TlsEnd.of(TestCertificates.SERVER).mutual(TestCertificates.ca()).only(version);
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), tls)) {
      works(trusting(proxy)
          .cert(TestCertificates.CLIENT.certificate())
          .key(TestCertificates.CLIENT.key())
          .build());
    }
  }

  @Test
  void options_of_the_uri_name_the_files() {
    TlsEnd tls = TlsEnd.of(TestCertificates.SERVER).mutual(TestCertificates.ca());
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), tls)) {
      works(QueueOptions.of("gearmans://127.0.0.1:" + proxy.port() + "?ca=" + TestCertificates.ca()
          + "&cert=" + TestCertificates.CLIENT.certificate() + "&key="
          + TestCertificates.CLIENT.key()));
    }
  }

  @Test
  void an_object_of_vertx_may_stand_in_for_the_files() {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.SERVER))) {
      works(at("localhost", proxy)
          .tls(new ClientSSLOptions()
              .setTrustOptions(
                  new PemTrustOptions().addCertPath(TestCertificates.ca().toString())))
          .build());
    }
  }

  @Test
  void an_object_of_vertx_verifies_host_names_unless_it_says_otherwise() {
    ClientSSLOptions trusting = new ClientSSLOptions()
        .setTrustOptions(new PemTrustOptions().addCertPath(TestCertificates.ca().toString()));
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.WRONG_HOST))) {
      assertThat(refusal(at("localhost", proxy).tls(trusting).build()))
          .contains("is not made for the host localhost");
      works(at("localhost", proxy)
          .tls(trusting.copy().setHostnameVerificationAlgorithm(""))
          .build());
    }
  }

  @Test
  void an_expired_certificate_is_refused() {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.EXPIRED))) {
      assertThat(refusal(trusting(proxy).build())).contains("its certificate has expired");
    }
  }

  @Test
  void a_certificate_of_another_authority_is_refused() {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.OTHER_SERVER))) {
      assertThat(refusal(trusting(proxy).build()))
          .contains("its certificate is not signed by a trusted authority");
    }
  }

  @Test
  void without_an_authority_named_the_jvm_trusts_no_private_one() {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.SERVER))) {
      assertThat(refusal(at("localhost", proxy).build()))
          .contains("its certificate is not signed by a trusted authority");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void a_certificate_for_another_host_is_refused(String host) {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.WRONG_HOST))) {
      assertThat(refusal(at(host, proxy).ca(TestCertificates.ca()).build()))
          .contains("its certificate is not made for the host " + host);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_missing_client_certificate_is_told(String version) {
    TlsEnd tls =
        TlsEnd.of(TestCertificates.SERVER).mutual(TestCertificates.ca()).only(version);
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), tls)) {
      assertThat(refusal(trusting(proxy).build())).contains("it wants a client certificate");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_client_certificate_that_is_refused_is_told(String version) {
    TlsEnd tls =
        TlsEnd.of(TestCertificates.SERVER).mutual(TestCertificates.ca()).only(version);
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), tls)) {
      for (TestCertificates bad :
          new TestCertificates[] {TestCertificates.EXPIRED_CLIENT, TestCertificates.OTHER_CLIENT}) {
        assertThat(
                refusal(trusting(proxy).cert(bad.certificate()).key(bad.key()).build()))
            .contains("it refuses the client certificate");
      }
    }
  }

  @Test
  void verification_is_turned_off_by_name_only() {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.EXPIRED))) {
      works(at("localhost", proxy).verify(TlsVerification.OFF).build());
    }
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.WRONG_HOST))) {
      works(trusting(proxy).verify(TlsVerification.CA).build());
    }
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.OTHER_SERVER))) {
      assertThat(refusal(trusting(proxy).verify(TlsVerification.CA).build()))
          .contains("is not signed by a trusted authority");
    }
  }

  @Test
  void a_broker_that_answers_in_the_clear_is_not_worth_another_attempt() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread greeter = new Thread(() -> greetInTheClear(plain));
      greeter.start();
      assertThat(refusal(QueueOptions.of("gearmans://localhost:" + plain.getLocalPort())))
          .contains("it does not speak TLS");
    }
  }

  private static void greetInTheClear(ServerSocket plain) {
    try {
      while (true) {
        Socket socket = plain.accept();
        socket.getOutputStream().write("ERR UNKNOWN_COMMAND\r\n".getBytes(US_ASCII));
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  @Test
  void a_broker_that_is_silent_may_not_speak_tls() {
    try (TcpProxy proxy = TcpProxy.to(BROKER.port());
        TaskQueue queue = TaskQueue.open(trusting(proxy)
            .connectTimeout(Duration.ofMillis(200))
            .retry(Duration.ofMillis(1))
            .retryAttempts(2)
            .build())) {
      assertThatThrownBy(() -> queue.start().await())
          .isInstanceOf(TaskConnectException.class)
          .hasMessageContaining("does it speak TLS?");
    }
  }

  @Test
  void a_broker_that_is_away_behind_its_proxy_is_waited_for() {
    try (GearmandBroker late = GearmandBroker.create();
        TcpProxy proxy = TcpProxy.tls(late.port(), TlsEnd.of(TestCertificates.SERVER));
        TaskQueue queue =
            TaskQueue.open(trusting(proxy).retry(Duration.ofMillis(50)).build())) {
      queue.on("tls", String.class, name -> "hello " + name);
      Future<Void> started = queue.start();
      assertThatThrownBy(() -> started.await(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      late.start();
      started.await();
    }
  }

  @Test
  void files_that_are_missing_or_of_another_kind_are_told_when_the_queue_is_opened(
      @TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
    assertThatThrownBy(
            () -> TaskQueue.open("gearmans://localhost?ca=" + folder.resolve("none.pem")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'ca'")
        .hasMessageContaining("none.pem cannot be read");
    assertThatThrownBy(() -> TaskQueue.open("gearmans://localhost?ca=" + text))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("text.pem has no certificate");
    assertThatThrownBy(() -> TaskQueue.open(
            "gearmans://localhost?cert=" + TestCertificates.CLIENT.certificate() + "&key=" + text))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("text.pem has no private key");
    assertThatThrownBy(
            () -> TaskQueue.open("gearmans://localhost?key=" + TestCertificates.CLIENT.key()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'key' needs 'cert' beside it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca=x", "key=x", "cert=x", "verify=off"})
  void options_of_tls_are_refused_where_nothing_is_encrypted(String option) {
    assertThatThrownBy(() -> TaskQueue.open("gearman://localhost?" + option))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("the URI's scheme is 'gearman': write gearmans://");
    assertThatThrownBy(() -> TaskQueue.open("memory:?" + option))
        .isInstanceOf(InvalidOptionException.class);
  }
}
