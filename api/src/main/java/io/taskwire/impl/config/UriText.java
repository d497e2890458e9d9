/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The broker's URI as somebody wrote it.
 *
 * @param text what was written
 * @param key the key it was written to
 * @param source where that was
 */
record UriText(Secret text, String key, String source) {

  /** The URI from the first source that has one, null if none has. */
  static @Nullable UriText nearest(List<Source> sources) {
    for (Source source : sources) {
      for (String key : source.spelling().ofCore(CoreOptions.URL)) {
        String text = source.values().get(key);
        if (text != null) {
          return new UriText(Secret.of(text), key, source.name());
        }
      }
    }
    return null;
  }

  BrokerUri parse() {
    try {
      return BrokerUri.parse(text.reveal());
    } catch (InvalidOptionException e) {
      throw OptionErrors.unreadableUri(this, e);
    }
  }
}
