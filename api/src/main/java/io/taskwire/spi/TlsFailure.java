/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Puts into words what a TLS connection failed with. */
final class TlsFailure {

  /** What an alert of the peer looks like; the same from the JDK's engine and from OpenSSL's. */
  private static final String ALERT = "Received fatal alert: ";

  private TlsFailure() {}

  /** Judges a failed attempt; {@code withCertificate} is null where it is not known whether one was shown. */
  static BrokerConnectException connecting(
      String broker, Throwable cause, @Nullable Boolean withCertificate) {
    if (cause instanceof BrokerConnectException known) {
      return known;
    }
    String prefix = "cannot connect to " + broker + ": ";
    String reason = reason(broker, cause, withCertificate);
    if (reason != null) {
      return new BrokerConnectException(prefix + reason, false, cause);
    }
    boolean retryable = isBrokenOff(cause);
    if (retryable && cause instanceof SSLException) {
      return new BrokerConnectException(
          prefix + "the handshake was broken off (" + text(root(cause)) + "); does it speak TLS?",
          true,
          cause);
    }
    return new BrokerConnectException(prefix + text(cause), retryable, cause);
  }

  private static Throwable root(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  /** Judges a loss. */
  static BrokerConnectException losing(
      String broker, @Nullable Throwable cause, @Nullable Boolean withCertificate) {
    if (cause instanceof BrokerConnectException known) {
      return known;
    }
    String prefix = "the connection to " + broker + " is lost: ";
    if (cause == null) {
      return new BrokerConnectException(prefix + "the broker closed it", true, null);
    }
    String reason = reason(broker, cause, withCertificate);
    return reason == null
        ? new BrokerConnectException(prefix + text(cause), true, cause)
        : new BrokerConnectException(prefix + reason, false, cause);
  }

  private static String text(Throwable cause) {
    String text = cause.getMessage();
    return text == null || text.isEmpty() ? cause.getClass().getSimpleName() : text;
  }

  /** Whether the network, and not what the peers think of each other, ended the attempt. */
  private static boolean isBrokenOff(Throwable cause) {
    boolean tls = false;
    for (Throwable at = cause; at != null; at = at.getCause()) {
      String text = text(at).toLowerCase(Locale.ROOT);
      if (at instanceof ClosedChannelException
          || text.contains("closed")
          || text.contains("timed out")
          || text.contains("reset")) {
        return true;
      }
      tls |= at instanceof SSLException || at instanceof CertificateException;
    }
    return !tls;
  }

  /** Why another attempt cannot help, null if it can or that is not known. */
  private static @Nullable String reason(
      String broker, Throwable cause, @Nullable Boolean withCertificate) {
    CertificateException refused = null;
    for (Throwable at = cause; at != null; at = at.getCause()) {
      String text = text(at);
      if (at instanceof CertificateExpiredException) {
        return "its certificate has expired (" + text + ")";
      }
      if (at instanceof CertificateNotYetValidException) {
        return "its certificate is not valid yet (" + text + ")";
      }
      if (at instanceof CertPathBuilderException) {
        return "its certificate is not signed by a trusted authority (" + text
            + "); name the authority's certificate with the option ca";
      }
      if (at instanceof CertificateException certificate) {
        if (isOfHostName(text)) {
          return "its certificate is not made for the host " + hostOf(broker) + " (" + text
              + "); connect by a name it is made for";
        }
        refused = certificate;
      }
      if (at instanceof SSLException) {
        if (isPlain(text)) {
          return "it does not speak TLS; is its scheme the plain one?";
        }
        int alert = text.indexOf(ALERT);
        if (alert >= 0) {
          return alert(text.substring(alert + ALERT.length()), withCertificate);
        }
      }
    }
    return refused == null ? null : "its certificate is refused: " + text(refused);
  }

  /** In the words of Netty's engine, and of the JDK's sockets. */
  private static boolean isPlain(String text) {
    return text.startsWith("not an SSL/TLS record")
        || text.startsWith("Unsupported or unrecognized SSL message");
  }

  /** The JDK throws nothing more special for it; the words are those of its HostnameChecker. */
  private static boolean isOfHostName(String text) {
    return text.startsWith("No subject alternative") || text.startsWith("No name matching");
  }

  private static String hostOf(String broker) {
    int port = broker.lastIndexOf(':');
    return port < 0 ? broker : broker.substring(0, port);
  }

  /** RFC 8446, section 6.2. */
  private static @Nullable String alert(String alert, @Nullable Boolean withCertificate) {
    return switch (alert.toLowerCase(Locale.ROOT)) {
      case "certificate_required" -> wantsCertificate(alert);
      case "bad_certificate",
          "no_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca",
          "access_denied",
          "decrypt_error" -> {
        if (withCertificate == null) {
          yield "it wants a client certificate, or refuses the one it was shown (" + alert + ")";
        }
        yield withCertificate
            ? "it refuses the client certificate of the option cert (" + alert + ")"
            : wantsCertificate(alert);
      }
      case "handshake_failure" ->
        Boolean.FALSE.equals(withCertificate)
            ? wantsCertificate(alert) + ", unless there is no cipher suite that both have"
            : "it refuses the handshake (" + alert
                + "): no cipher suite that both have, or the client certificate is not to its liking";
      case "protocol_version", "insufficient_security" ->
        "there is no version of TLS, or no cipher suite, that both have (" + alert + ")";
      case "unrecognized_name" -> "it does not know the host name (" + alert + ")";
      default -> null;
    };
  }

  private static String wantsCertificate(String alert) {
    return "it wants a client certificate (" + alert + "); name one with the options cert and key";
  }
}
