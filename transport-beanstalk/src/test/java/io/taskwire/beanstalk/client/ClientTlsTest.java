/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.TlsVerification;
import io.taskwire.beanstalk.BeanstalkAdmin;
import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.BeanstalkConnectionException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.taskwire.tck.proxy.TlsEnd;
import io.taskwire.tck.tls.TestCertificates;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real beanstalkd behind a proxy that speaks TLS: who is let in, and what the others are told. */
@Timeout(60)
class ClientTlsTest {

  private static final BeanstalkdBroker BROKER = BeanstalkdBroker.create();
  private static final TlsEnd END = TlsEnd.of(TestCertificates.SERVER);
  private static final TlsEnd MUTUAL = END.mutual(TestCertificates.ca());

  @BeforeAll
  static void startBroker() {
    BROKER.start();
  }

  @AfterAll
  static void stopBroker() {
    BROKER.close();
  }

  private static BeanstalkOptions.Builder at(TcpProxy proxy) {
    return BeanstalkOptions.builder().server("localhost", proxy.port()).tls();
  }

  private static void works(BeanstalkOptions options) {
    Buffer large = Buffer.buffer(new byte[65_000]);
    try (BeanstalkClient client = Await.value(BeanstalkClient.connect(options))) {
      long id = Await.value(client.put(large, PutOptions.DEFAULT).map(PutReply::orThrow))
          .id();
      assertThat(Await.value(client.peek(id))).isEqualTo(new Reply.Found(id, large));
      Await.value(client.delete(id));
    }
  }

  private static BeanstalkConnectionException refused(BeanstalkOptions options) {
    BeanstalkConnectionException refused =
        Await.failure(BeanstalkClient.connect(options), BeanstalkConnectionException.class);
    assertThat(refused.getCause())
        .isInstanceOfSatisfying(
            BrokerConnectException.class, e -> assertThat(e.isRetryable()).isFalse());
    return refused;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void jobs_travel_by_tls(String version) {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), END.only(version))) {
      works(at(proxy).ca(TestCertificates.ca()).build());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_client_certificate_is_shown_where_it_is_asked_for(String version) {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), MUTUAL.only(version))) {
      works(at(proxy)
          .ca(TestCertificates.ca())
          .clientCertificate(TestCertificates.CLIENT.key(), TestCertificates.CLIENT.certificate())
          .build());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void who_shows_no_certificate_where_it_is_asked_for_is_told(String version) {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), MUTUAL.only(version))) {
      assertThat(refused(at(proxy).ca(TestCertificates.ca()).build()))
          .hasMessageContaining("certificate");
    }
  }

  @Test
  void options_of_the_uri_name_the_files_and_the_admin_knows_them() {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), MUTUAL)) {
      String uri = "beanstalks://127.0.0.1:" + proxy.port() + "?ca=" + TestCertificates.ca()
          + "&cert=" + TestCertificates.CLIENT.certificate() + "&key="
          + TestCertificates.CLIENT.key();
      works(BeanstalkOptions.of(uri));
      try (BeanstalkAdmin admin = BeanstalkAdmin.open(uri)) {
        assertThat(Await.value(admin.stats()).version()).isNotEmpty();
      }
    }
  }

  @Test
  void an_object_of_vertx_may_stand_in_for_the_files() {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), END)) {
      works(at(proxy)
          .tls(new ClientSSLOptions()
              .setTrustOptions(
                  new PemTrustOptions().addCertPath(TestCertificates.ca().toString())))
          .build());
    }
  }

  @Test
  void a_server_of_an_authority_that_is_not_trusted_is_refused() {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), END)) {
      assertThat(refused(at(proxy).ca(TestCertificates.otherCa()).build()))
          .hasMessageContaining("certificate");
      works(at(proxy).verify(TlsVerification.OFF).build());
    }
  }

  @Test
  void a_server_in_the_clear_is_refused_by_tls_and_the_other_way_round() {
    try (TcpProxy proxy = TcpProxy.tls(BROKER.port(), END)) {
      Await.failure(
          BeanstalkClient.connect("beanstalk://localhost:" + proxy.port()),
          BeanstalkConnectionException.class);
    }
    Await.failure(
        BeanstalkClient.connect(BeanstalkOptions.of("beanstalks://127.0.0.1:" + BROKER.port()
            + "?connectTimeout=2s&ca=" + TestCertificates.ca())),
        BeanstalkConnectionException.class);
  }

  @Test
  void a_file_that_cannot_be_read_is_named_before_anything_is_connected() {
    BeanstalkOptions options =
        BeanstalkOptions.builder().ca(Path.of("/no/such/file.pem")).build();
    assertThatThrownBy(() -> BeanstalkClient.connect(options))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("/no/such/file.pem");
    assertThatThrownBy(() -> BeanstalkAdmin.open(options))
        .isInstanceOf(InvalidOptionException.class);
  }
}
