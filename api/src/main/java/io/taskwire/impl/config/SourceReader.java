/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.spi.Option;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks what one source has, also where a nearer source has something else: a wrong value is never left unnoticed. */
final class SourceReader {

  private static final Logger LOG = LoggerFactory.getLogger(SourceReader.class);

  private SourceReader() {}

  /** The values of known options, each of which its option has parsed once. */
  static Map<Option<?>, String> read(Source source, KnownKeys known) {
    Map<Option<?>, String> values = new HashMap<>();
    Map<Option<?>, String> keys = new HashMap<>();
    source.values().forEach((key, text) -> {
      Option<?> option = known.find(key);
      if (option == null) {
        unknown(source, key, text, known);
        return;
      }
      String other = keys.putIfAbsent(option, key);
      if (other != null) {
        throw OptionErrors.givenTwice(key, other, source.name());
      }
      try {
        option.parse(text);
      } catch (IllegalArgumentException e) {
        throw OptionErrors.invalidValue(option, key, source.name(), text, e.getMessage());
      }
      values.put(option, text);
    });
    return values;
  }

  private static void unknown(Source source, String key, String text, KnownKeys known) {
    if (known.isForAnother(key)) {
      return;
    }
    if (source.spelling() != Spelling.ENVIRONMENT) {
      throw OptionErrors.unknownKey(key, source.name(), text, known);
    }
    // Orchestrators inject variables such as TASKWIRE_PORT. The value may be a secret under a
    // mistyped name.
    String nearest = known.nearest(key);
    LOG.warn(
        "The environment variable {} is no option of Taskwire and is ignored.{}",
        Quoted.text(key),
        nearest == null ? "" : " Did you mean " + nearest + "?");
  }
}
