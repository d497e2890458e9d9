/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.proxy;

import io.taskwire.tck.tls.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TcpProxy} shows to those who connect to it by TLS. Behind the proxy bytes travel in the clear.
 *
 * @param certificate the certificate it shows
 * @param clientCa whom the clients' certificates must be signed by, a PEM file; null to ask for none
 * @param versions such as {@code TLSv1.3}; the only ones it speaks
 */
public record TlsEnd(TestCertificates certificate, @Nullable Path clientCa, List<String> versions) {

  private static final List<String> ALL = List.of("TLSv1.2", "TLSv1.3");
  private static final char[] NO_PASSWORD = {};

  /**
   * Shows a certificate, and asks for none.
   *
   * @param certificate the certificate
   * @return the end
   */
  public static TlsEnd of(TestCertificates certificate) {
    return new TlsEnd(certificate, null, ALL);
  }

  /**
   * The same, but clients must show a certificate too.
   *
   * @param ca whom it must be signed by, a PEM file
   * @return another end
   */
  public TlsEnd mutual(Path ca) {
    return new TlsEnd(certificate, ca, versions);
  }

  /**
   * The same with one version of TLS.
   *
   * @param version such as {@code TLSv1.2}
   * @return another end
   */
  public TlsEnd only(String version) {
    return new TlsEnd(certificate, clientCa, List.of(version));
  }

  ServerSocket open() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys().getKeyManagers(), trust().getTrustManagers(), null);
      SSLServerSocket socket =
          (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
      socket.setEnabledProtocols(versions.toArray(String[]::new));
      socket.setNeedClientAuth(clientCa != null);
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a TLS socket with " + certificate, e);
    }
  }

  private KeyManagerFactory keys() throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "own", privateKey(), NO_PASSWORD, new Certificate[] {certificate(certificate.certificate())
        });
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys;
  }

  private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setCertificateEntry(
        "ca", certificate(clientCa == null ? TestCertificates.ca() : clientCa));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Certificate certificate(Path pem) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private PrivateKey privateKey() throws GeneralSecurityException, IOException {
    String pem = Files.readString(certificate.key());
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    String algorithm = certificate(certificate.certificate()).getPublicKey().getAlgorithm();
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
