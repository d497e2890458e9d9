/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import java.util.List;

/** How a kind of source spells the keys of options. */
enum Spelling {
  /** In {@code QueueOptions}: {@code maxInFlight}, {@code ttr} or {@code beanstalk.ttr}. */
  BUILDER,
  /** In a URI's query; the same, but a URI can't name another. */
  QUERY,
  /** As system property: {@code taskwire.beanstalk.ttr}. */
  PROPERTY,
  /** In a properties file: {@code taskwire.beanstalk.ttr}, or without prefix, since the whole file is ours. */
  FILE,
  /** As environment variable: {@code TASKWIRE_BEANSTALK_TTR}. */
  ENVIRONMENT;

  static final String PREFIX = "taskwire.";

  /** The ways to write a core option's key, the one to recommend first. */
  List<String> ofCore(Option<?> option) {
    if (this == QUERY && option == CoreOptions.URL) {
      return List.of();
    }
    return ofFullKey(option.key());
  }

  /** The ways to write a transport option's key, the one to recommend first. */
  List<String> ofTransport(String name, Option<?> option) {
    String full = name + "." + option.key();
    return this == BUILDER || this == QUERY ? List.of(option.key(), full) : ofFullKey(full);
  }

  private List<String> ofFullKey(String key) {
    return switch (this) {
      case BUILDER, QUERY -> List.of(key);
      case PROPERTY -> List.of(PREFIX + key);
      case FILE -> List.of(PREFIX + key, key);
      case ENVIRONMENT -> List.of(Option.environmentName(key));
    };
  }

  /** Whether a key is written as those of the transport are. */
  boolean isOfTransport(String name, String key) {
    return ofFullKey(name + ".").stream().anyMatch(key::startsWith);
  }
}
