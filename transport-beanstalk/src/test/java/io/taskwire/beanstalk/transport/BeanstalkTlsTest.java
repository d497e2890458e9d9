/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.QueueOptions;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskQueue;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.taskwire.tck.proxy.TlsEnd;
import io.taskwire.tck.tls.TestCertificates;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real beanstalkd behind a proxy that speaks TLS: who is let in, and what the others are told. */
@Timeout(60)
class BeanstalkTlsTest {

  private static final BeanstalkdBroker BROKER = BeanstalkdBroker.create();

  @BeforeAll
  static void start_broker() {
    BROKER.start();
  }

  @AfterAll
  static void close_broker() {
    BROKER.close();
  }

  /** Retries for ever: only what is not worth another attempt ends the wait. */
  private static QueueOptions.Builder trusting(TcpProxy proxy) {
    return QueueOptions.builder()
        .uri("beanstalks://localhost:" + proxy.port())
        .ca(TestCertificates.ca());
  }

  /** What start() is told at once, without another attempt. */
  private static String refusal(QueueOptions options) {
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
      return String.valueOf(failure.getMessage());
    } catch (TimeoutException e) {
      throw new AssertionError("start() went on trying", e);
    }
  }

  private static TlsEnd mutual(String version) {
    return TlsEnd.of(TestCertificates.SERVER).mutual(TestCertificates.ca()).only(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void tasks_and_results_travel_by_tls_and_a_certificate_is_shown(String version)
      throws TimeoutException {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), mutual(version));
        TaskQueue queue = TaskQueue.open(trusting(proxy)
            .cert(TestCertificates.CLIENT.certificate())
            .key(TestCertificates.CLIENT.key())
            .build())) {
      queue.on("tls", String.class, name -> "hello " + name);
      queue.start().await(20, TimeUnit.SECONDS);
      assertThat(queue.call("tls", "world", String.class).await(20, TimeUnit.SECONDS))
          .isEqualTo("hello world");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_client_certificate_that_is_missing_or_refused_is_told(String version) {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), mutual(version))) {
      assertThat(refusal(trusting(proxy).build())).contains("it wants a client certificate");
      assertThat(refusal(trusting(proxy)
              .cert(TestCertificates.EXPIRED_CLIENT.certificate())
              .key(TestCertificates.EXPIRED_CLIENT.key())
              .build()))
          .contains("it refuses the client certificate");
    }
  }

  @Test
  void a_certificate_for_another_host_or_of_another_authority_is_refused() {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.WRONG_HOST))) {
      assertThat(refusal(trusting(proxy).build()))
          .contains("its certificate is not made for the host localhost");
    }
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), TlsEnd.of(TestCertificates.OTHER_SERVER))) {
      assertThat(refusal(trusting(proxy).build()))
          .contains("its certificate is not signed by a trusted authority");
    }
  }

  @Test
  void options_of_tls_are_refused_where_nothing_is_encrypted() {
    assertThatThrownBy(() -> TaskQueue.open("beanstalk://localhost?verify=off"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("the URI's scheme is 'beanstalk': write beanstalks://");
  }
}
