/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.gearman.GearmanServerOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** TLS as the options ask for it, and the names in certificates. */
final class ServerTls {

  private static final Set<String> PROTOCOLS = new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));

  private ServerTls() {}

  /**
   * Reads the options.
   *
   * @return null if the server speaks plainly
   * @throws IllegalArgumentException if they contradict each other
   */
  static @Nullable ServerSSLOptions of(GearmanServerOptions options) {
    ServerSSLOptions tls = options.tls();
    if (tls == null) {
      tls = ofFiles(options);
    } else if (options.clientCa() != null) {
      throw new IllegalArgumentException(
          "clientCa goes with tls(key, certificate); say in the ServerSSLOptions whom to trust");
    }
    if (options.acl() != null && (tls == null || tls.getClientAuth() == ClientAuth.NONE)) {
      throw new IllegalArgumentException(
          "acl needs certificates of clients: give tls(key, certificate) and clientCa");
    }
    return tls;
  }

  private static @Nullable ServerSSLOptions ofFiles(GearmanServerOptions options) {
    Path key = options.key();
    Path certificate = options.certificate();
    Path ca = options.clientCa();
    if (key == null || certificate == null) {
      if (ca != null) {
        throw new IllegalArgumentException("clientCa needs tls(key, certificate)");
      }
      return null;
    }
    ServerSSLOptions tls = new ServerSSLOptions();
    tls.setEnabledSecureTransportProtocols(PROTOCOLS);
    tls.setKeyCertOptions(new PemKeyCertOptions()
        .setKeyPath(key.toAbsolutePath().toString())
        .setCertPath(certificate.toAbsolutePath().toString()));
    if (ca != null) {
      tls.setTrustOptions(new PemTrustOptions().addCertPath(ca.toAbsolutePath().toString()));
      tls.setClientAuth(ClientAuth.REQUIRED);
    }
    return tls;
  }

  /** The common name of the certificate that a client has shown; null if none. */
  static @Nullable String subject(NetSocket socket) {
    if (!socket.isSsl()) {
      return null;
    }
    try {
      return socket.peerCertificates().get(0) instanceof X509Certificate certificate
          ? commonName(certificate)
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null; // it has none, and the options do not demand one
    }
  }

  private static @Nullable String commonName(X509Certificate certificate) {
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          return part.getValue().toString();
        }
      }
      return null;
    } catch (InvalidNameException e) {
      return null; // a name that cannot be read is nobody's
    }
  }
}
