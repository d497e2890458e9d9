/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.InvalidOptionException;
import io.taskwire.TlsVerification;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How connections to a broker are encrypted, ready for use, and what it means when that fails. Immutable.
 *
 * <p>Use {@link #clientOptions()} in {@link io.vertx.core.net.ConnectOptions#setSslOptions} with {@code setSsl(true)}.
 * Pass each failure to connect through {@link #failed}, and each loss through {@link #lost}: with TLS 1.3 a broker tells
 * only after the handshake that it misses a client certificate, or does not like the one shown.
 */
public final class Tls {

  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
  private static final String HOST_NAMES = "HTTPS";
  private static final String NO_HOST_NAMES = "";

  private final ClientSSLOptions options;

  private Tls(ClientSSLOptions options) {
    this.options = options;
  }

  /**
   * Reads files.
   *
   * @param vertx used for reading only
   * @param files which
   * @return the same, ready for use
   * @throws InvalidOptionException if a file cannot be read, or has not what it must have; names option and file
   */
  public static Tls of(Vertx vertx, TlsFiles files) {
    ClientSSLOptions options = new ClientSSLOptions();
    Path key = files.key();
    Path cert = files.cert();
    if (key != null && cert != null) {
      options.setKeyCertOptions(keyAndCertificate(vertx, key, cert));
    }
    Path ca = files.ca();
    if (ca != null) {
      options.setTrustOptions(authorities(vertx, ca));
    }
    options.setTrustAll(files.verify() == TlsVerification.OFF);
    options.setHostnameVerificationAlgorithm(
        files.verify() == TlsVerification.FULL ? HOST_NAMES : NO_HOST_NAMES);
    return warned(new Tls(options));
  }

  /**
   * Takes Vert.x's own options, for what files can't say: key stores, versions, cipher suites.
   *
   * @param options copied. Where they say nothing of host names, host names are verified; the empty algorithm turns that
   *     off
   * @return the same, ready for use
   */
  public static Tls of(ClientSSLOptions options) {
    ClientSSLOptions copy = options.copy();
    if (copy.getHostnameVerificationAlgorithm() == null) {
      copy.setHostnameVerificationAlgorithm(HOST_NAMES);
    }
    return warned(new Tls(copy));
  }

  /**
   * Takes Vert.x's own options if there are any, else reads files.
   *
   * @param vertx used for reading only
   * @param files which; not read if there are options
   * @param options null for none
   * @return the same, ready for use
   * @throws InvalidOptionException if a file cannot be read, or has not what it must have; names option and file
   */
  public static Tls of(Vertx vertx, TlsFiles files, @Nullable ClientSSLOptions options) {
    return options == null ? of(vertx, files) : of(options);
  }

  private static Tls warned(Tls tls) {
    if (tls.options.isTrustAll()) {
      LOG.warn(
          "The broker's certificate is NOT verified (verify=off): whoever answers at its address"
              + " can read and change all tasks. Never do this in production.");
    } else if (tls.options.getHostnameVerificationAlgorithm().isEmpty()) {
      LOG.warn(
          "The broker's host name is NOT verified (verify=ca): whoever has any certificate of a"
              + " trusted authority can stand in for the broker.");
    }
    return tls;
  }

  private static PemKeyCertOptions keyAndCertificate(Vertx vertx, Path key, Path cert) {
    PemKeyCertOptions pem =
        new PemKeyCertOptions().addCertValue(read("cert", cert)).addKeyValue(read("key", key));
    check(
        "cert",
        cert,
        () -> new PemTrustOptions().addCertValue(pem.getCertValue()).getTrustManagerFactory(vertx));
    check("key", key, () -> pem.getKeyManagerFactory(vertx));
    return pem;
  }

  private static PemTrustOptions authorities(Vertx vertx, Path ca) {
    PemTrustOptions pem = new PemTrustOptions().addCertValue(read("ca", ca));
    check("ca", ca, () -> pem.getTrustManagerFactory(vertx));
    return pem;
  }

  private static Buffer read(String key, Path file) {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw invalid(key, file, "cannot be read", e);
    }
  }

  private interface Attempt {
    // What the factories of Vert.x throw.
    Object make() throws Exception;
  }

  private static void check(String key, Path file, Attempt attempt) {
    try {
      attempt.make();
    } catch (Exception e) {
      String missing = key.equals("key") ? "private key, not encrypted" : "certificate";
      throw invalid(key, file, "has no " + missing + ", in PEM form, that can be used", e);
    }
  }

  private static InvalidOptionException invalid(
      String key, Path file, String what, Exception cause) {
    InvalidOptionException invalid = new InvalidOptionException(
        key, "Option '" + key + "': the file " + file + ' ' + what + " (" + cause + ").", null);
    invalid.initCause(cause);
    return invalid;
  }

  /**
   * Gives what Vert.x needs.
   *
   * @return a copy
   */
  public ClientSSLOptions clientOptions() {
    return options.copy();
  }

  /**
   * Tells whether a certificate is shown to brokers that want one.
   *
   * @return true if it is
   */
  public boolean hasCertificate() {
    return options.getKeyCertOptions() != null;
  }

  /**
   * Judges why an attempt to connect has failed.
   *
   * @param broker the broker's address, without credentials
   * @param cause what the attempt failed with
   * @return the same in words: which of the two certificates is the matter, and why. Not worth another attempt, unless the
   *     connection broke without a word
   */
  public BrokerConnectException failed(String broker, Throwable cause) {
    return TlsFailure.connecting(broker, cause, hasCertificate());
  }

  /**
   * Judges why a connection was lost.
   *
   * @param broker the broker's address, without credentials
   * @param cause what the socket said, null if the broker closed it without a word
   * @return the same in words; not worth another attempt if the broker wants another client certificate
   */
  public BrokerConnectException lost(String broker, @Nullable Throwable cause) {
    return TlsFailure.losing(broker, cause, hasCertificate());
  }
}
