/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.InvalidOptionException;
import io.taskwire.TlsVerification;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which PEM files a TLS connection is made with. They are read when a client is opened, by {@link Tls#of}.
 *
 * @param key the private key of {@code cert}, not encrypted; null to show no certificate
 * @param cert the certificate shown to the broker, with those of the authorities between; null to show none
 * @param ca the certificates of the authorities that are trusted; null for those that the JVM trusts
 * @param verify how far the broker's certificate is checked
 */
public record TlsFiles(
    @Nullable Path key, @Nullable Path cert, @Nullable Path ca, TlsVerification verify) {

  /** The JVM's authorities, everything checked, no certificate shown. */
  public static final TlsFiles NONE = new TlsFiles(null, null, null, TlsVerification.FULL);

  /**
   * Checks what belongs together.
   *
   * @param key the private key of {@code cert}, not encrypted; null to show no certificate
   * @param cert the certificate shown to the broker, with those of the authorities between; null to show none
   * @param ca the certificates of the authorities that are trusted; null for those that the JVM trusts
   * @param verify how far the broker's certificate is checked
   * @throws InvalidOptionException if there is a key without a certificate or the other way round
   */
  public TlsFiles {
    if ((key == null) != (cert == null)) {
      String there = key == null ? "cert" : "key";
      String missing = key == null ? "key" : "cert";
      throw new InvalidOptionException(
          there,
          "Option '" + there + "' needs '" + missing
              + "' beside it: a client certificate is shown with its private key.",
          missing);
    }
  }

  /**
   * Reads what a queue's options say.
   *
   * @param settings that know {@link CoreOptions#KEY} and those beside it
   * @return the files
   * @throws InvalidOptionException if they do not belong together
   */
  public static TlsFiles of(Settings settings) {
    return new TlsFiles(
        path(settings.get(CoreOptions.KEY)),
        path(settings.get(CoreOptions.CERT)),
        path(settings.get(CoreOptions.CA)),
        settings.get(CoreOptions.VERIFY));
  }

  private static @Nullable Path path(String text) {
    return text.isEmpty() ? null : Path.of(text);
  }
}
