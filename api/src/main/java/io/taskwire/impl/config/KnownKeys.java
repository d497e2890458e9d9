/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.TransportProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that one kind of source may have, when a certain transport is in use. */
final class KnownKeys {

  /** Transports there are whether or not they are on this class path; shared configuration may have keys for all. */
  private static final List<String> TRANSPORTS =
      List.of("memory", "gearman", "beanstalk", "rabbitmq");

  private final Spelling spelling;
  private final Map<String, Option<?>> options = new LinkedHashMap<>();
  private final List<String> recommended = new ArrayList<>();
  private final Set<String> others = new LinkedHashSet<>(TRANSPORTS);

  KnownKeys(Spelling spelling, TransportProvider used, Collection<TransportProvider> providers) {
    this.spelling = spelling;
    providers.forEach(provider -> others.add(provider.name()));
    others.remove(used.name());
    CoreOptions.all().forEach(option -> add(spelling.ofCore(option), option));
    used.options().forEach(option -> add(spelling.ofTransport(used.name(), option), option));
  }

  private void add(List<String> keys, Option<?> option) {
    for (String key : keys) {
      if (options.putIfAbsent(key, option) != null) {
        throw new IllegalStateException(
            "two options of the transport in use, or one of it and a core option,"
                + " have the same key: " + key);
      }
    }
    keys.stream().findFirst().ifPresent(recommended::add);
  }

  @Nullable
  Option<?> find(String key) {
    return options.get(key);
  }

  /** One key of each option. */
  List<String> recommended() {
    return recommended;
  }

  @Nullable
  String nearest(String key) {
    return NearestKey.to(key, options.keySet());
  }

  /** Whether the key is for another transport than the one in use, which alone would read it. */
  boolean isForAnother(String key) {
    return others.stream().anyMatch(name -> spelling.isOfTransport(name, key));
  }
}
