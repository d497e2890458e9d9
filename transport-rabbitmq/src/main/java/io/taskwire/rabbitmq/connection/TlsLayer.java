/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.taskwire.spi.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Puts TLS on top of a blocking socket as Vert.x's options say; blocks. */
final class TlsLayer {

  private TlsLayer() {}

  /** Returns after the handshake; the caller has bounded how long the socket waits. */
  static SSLSocket on(FlightSocket plain, String host, int port, Tls tls, Vertx vertx)
      throws IOException {
    ClientSSLOptions options = tls.clientOptions();
    SSLSocket socket = (SSLSocket)
        context(options, vertx).getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    String algorithm = options.getHostnameVerificationAlgorithm();
    if (algorithm != null && !algorithm.isEmpty()) {
      parameters.setEndpointIdentificationAlgorithm(algorithm);
    }
    Set<String> suites = options.getEnabledCipherSuites();
    if (!suites.isEmpty()) {
      parameters.setCipherSuites(suites.toArray(String[]::new));
    }
    socket.setSSLParameters(parameters);
    protocols(socket, options);
    plain.beginHandshake();
    socket.startHandshake();
    plain.endHandshake();
    return socket;
  }

  /** Those of the options that the JDK has: their default names old ones, too. */
  private static void protocols(SSLSocket socket, ClientSSLOptions options) throws SSLException {
    Set<String> wanted = options.getEnabledSecureTransportProtocols();
    Set<String> known = Set.of(socket.getSupportedProtocols());
    String[] both = wanted.stream().filter(known::contains).toArray(String[]::new);
    if (both.length == 0) {
      throw new SSLException("none of the TLS versions " + wanted + " is known to this JVM");
    }
    socket.setEnabledProtocols(both);
  }

  private static SSLContext context(ClientSSLOptions options, Vertx vertx) throws IOException {
    if (!options.getCrlPaths().isEmpty() || !options.getCrlValues().isEmpty()) {
      throw new SSLException("lists of revoked certificates are not supported for RabbitMQ");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(options.getKeyCertOptions(), vertx), trust(options, vertx), null);
      return context;
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      // The factories of Vert.x throw any.
      throw new SSLException("the keys or certificates of the options cannot be used: " + e, e);
    }
  }

  private static KeyManager @Nullable [] keys(@Nullable KeyCertOptions options, Vertx vertx)
      throws Exception {
    return options == null ? null : options.getKeyManagerFactory(vertx).getKeyManagers();
  }

  private static TrustManager @Nullable [] trust(ClientSSLOptions options, Vertx vertx)
      throws Exception {
    if (options.isTrustAll()) {
      return new TrustManager[] {new Everybody()};
    }
    TrustOptions trust = options.getTrustOptions();
    return trust == null ? null : trust.getTrustManagerFactory(vertx).getTrustManagers();
  }

  /** verify=off. Of the extended type, because the JDK adds checks of its own to others. */
  private static final class Everybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
