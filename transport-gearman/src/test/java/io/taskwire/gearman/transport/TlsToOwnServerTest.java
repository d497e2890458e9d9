/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.QueueOptions;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.tck.tls.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS between the transport and the embedded server: the same verdicts as with another implementation at the other end. */
@Timeout(60)
class TlsToOwnServerTest {

  private static GearmanServer serve(TestCertificates shown) {
    return GearmanServer.start(GearmanServerOptions.create().tls(shown.key(), shown.certificate()));
  }

  private static GearmanServer serveMutually() {
    return GearmanServer.start(GearmanServerOptions.create()
        .tls(TestCertificates.SERVER.key(), TestCertificates.SERVER.certificate())
        .clientCa(TestCertificates.ca()));
  }

  private static QueueOptions.Builder trusting(GearmanServer server) {
    return QueueOptions.builder().uri(server.uri()).ca(TestCertificates.ca());
  }

  @Test
  void tasks_travel_by_tls() {
    try (GearmanServer server = serve(TestCertificates.SERVER)) {
      TlsTest.works(trusting(server).build());
    }
  }

  @Test
  void a_client_certificate_is_shown_where_it_is_asked_for() {
    try (GearmanServer server = serveMutually()) {
      TlsTest.works(trusting(server)
          .cert(TestCertificates.CLIENT.certificate())
          .key(TestCertificates.CLIENT.key())
          .build());
    }
  }

  @Test
  void a_missing_client_certificate_is_told() {
    try (GearmanServer server = serveMutually()) {
      assertThat(TlsTest.refusal(trusting(server).build()))
          .contains("it wants a client certificate");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPIRED_CLIENT", "OTHER_CLIENT"})
  void a_client_certificate_that_is_refused_is_told(TestCertificates bad) {
    try (GearmanServer server = serveMutually()) {
      assertThat(TlsTest.refusal(
              trusting(server).cert(bad.certificate()).key(bad.key()).build()))
          .contains("it refuses the client certificate");
    }
  }

  @Test
  void an_expired_certificate_one_of_another_authority_and_one_for_another_host_are_told_apart() {
    try (GearmanServer server = serve(TestCertificates.EXPIRED)) {
      assertThat(TlsTest.refusal(trusting(server).build())).contains("has expired");
    }
    try (GearmanServer server = serve(TestCertificates.OTHER_SERVER)) {
      assertThat(TlsTest.refusal(trusting(server).build()))
          .contains("is not signed by a trusted authority");
    }
    try (GearmanServer server = serve(TestCertificates.WRONG_HOST)) {
      assertThat(TlsTest.refusal(trusting(server).build())).contains("is not made for the host");
    }
  }
}
