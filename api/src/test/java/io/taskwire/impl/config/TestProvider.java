/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.Capabilities;
import io.taskwire.spi.Option;
import io.taskwire.spi.Secret;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.taskwire.spi.TransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Transports as far as configuration sees them. */
record TestProvider(String name, Set<String> schemes, List<Option<?>> options)
    implements TransportProvider {

  static final Option<Duration> TTR = Option.duration(
      "ttr",
      Duration.ofSeconds(60),
      Duration.ofSeconds(5),
      Duration.ofDays(1),
      "How long a worker may hold a task between two signs of life.");
  static final Option<Secret> TOKEN = Option.secret("authToken", "What the broker asks for.");
  static final Option<Boolean> STORE =
      Option.flag("store", false, "Whether the broker keeps tasks | on disk.");

  static final TestProvider MEMORY = new TestProvider("memory", Set.of("memory"), List.of());
  static final TestProvider GEARMAN =
      new TestProvider("gearman", Set.of("gearman", "gearmans"), List.of(STORE));
  static final TestProvider BEANSTALK =
      new TestProvider("beanstalk", Set.of("beanstalk", "beanstalks"), List.of(TTR, TOKEN));

  static List<TransportProvider> all() {
    return List.of(MEMORY, GEARMAN, BEANSTALK);
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.none();
  }

  @Override
  public Transport create(TransportContext context) {
    throw new UnsupportedOperationException("configuration connects nothing");
  }
}
