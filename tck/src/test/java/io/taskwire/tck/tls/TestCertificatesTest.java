/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestCertificatesTest {

  @ParameterizedTest
  @EnumSource
  void each_has_a_readable_key_beside_it(TestCertificates certificate) throws IOException {
    assertThat(Files.readString(certificate.key())).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(Files.readString(certificate.certificate()))
        .startsWith("-----BEGIN CERTIFICATE-----");
  }

  @Test
  void the_authority_signed_the_server_and_the_other_did_not() throws Exception {
    X509Certificate server = read(TestCertificates.SERVER.certificate());

    assertThatCode(() -> server.verify(read(TestCertificates.ca()).getPublicKey()))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> server.verify(read(TestCertificates.otherCa()).getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void only_the_expired_ones_are_expired() throws Exception {
    assertThatCode(() -> read(TestCertificates.SERVER.certificate()).checkValidity())
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> read(TestCertificates.EXPIRED.certificate()).checkValidity())
        .isInstanceOf(CertificateExpiredException.class);
    assertThatThrownBy(() -> read(TestCertificates.EXPIRED_CLIENT.certificate()).checkValidity())
        .isInstanceOf(CertificateExpiredException.class);
  }

  private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
