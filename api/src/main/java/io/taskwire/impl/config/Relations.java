/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.Backoff;
import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.Settings;
import io.taskwire.spi.TlsFiles;
import io.taskwire.spi.TransportProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks what options must be to each other. */
final class Relations {

  private static final List<Option<?>> TLS =
      List.of(CoreOptions.KEY, CoreOptions.CERT, CoreOptions.CA, CoreOptions.VERIFY);

  private Relations() {}

  static void check(
      Settings settings, BrokerUri uri, TransportProvider provider, boolean tlsObject) {
    checkRetry(settings);
    checkTls(settings, uri.scheme(), provider.tlsSchemes(), tlsObject);
  }

  private static void checkTls(
      Settings settings, String scheme, Set<String> tlsSchemes, boolean tlsObject) {
    List<String> given = new ArrayList<>();
    TLS.stream().filter(settings::isSet).map(Option::key).forEach(given::add);
    if (tlsObject) {
      given.add("tls");
    }
    if (given.isEmpty()) {
      return;
    }
    String key = given.get(0);
    if (!tlsSchemes.contains(scheme)) {
      String instead = tlsSchemes.isEmpty()
          ? "and its transport has no encrypted connections"
          : "write " + String.join(" or ", tlsSchemes) + "://… for an encrypted one";
      throw new InvalidOptionException(
          key,
          "Option " + Quoted.text(key) + " is for encrypted connections, but the URI's scheme is "
              + Quoted.text(scheme) + ": " + instead + ".",
          null);
    }
    if (tlsObject && given.size() > 1) {
      throw new InvalidOptionException(
          key,
          "Option " + Quoted.text(key)
              + " is given beside an object with all options of TLS: keep one of them.",
          null);
    }
    if (!tlsObject) {
      TlsFiles.of(settings);
    }
  }

  private static void checkRetry(Settings settings) {
    Duration first = settings.get(CoreOptions.RETRY);
    Duration longest = settings.get(CoreOptions.RETRY_MAX);
    if (settings.get(CoreOptions.RETRY_BACKOFF) == Backoff.EXPONENTIAL
        && first.compareTo(longest) > 0) {
      throw new InvalidOptionException(
          CoreOptions.RETRY_MAX.key(),
          "With retryBackoff=exponential, retryMax must not be less than retry: retryMax is "
              + CoreOptions.RETRY_MAX.show(longest) + ", retry is " + CoreOptions.RETRY.show(first)
              + ".",
          null);
    }
  }
}
