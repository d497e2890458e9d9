/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.Capabilities;
import io.taskwire.Feature;
import io.taskwire.Priority;
import io.taskwire.SubmitOptions;
import io.taskwire.Support;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.spi.Session;
import io.taskwire.spi.TransportProvider;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses what the transport cannot do. Used by callers' threads and by the event loop. */
final class FeatureGate implements SessionUser {

  private final TransportProvider provider;
  private final Collection<TransportProvider> known;

  /** Written by the event loop at each connect, read by callers' threads. */
  private volatile Capabilities current;

  FeatureGate(TransportProvider provider, Collection<TransportProvider> known) {
    this.provider = provider;
    this.known = known;
    this.current = provider.capabilities();
  }

  Capabilities current() {
    return current;
  }

  boolean has(Feature feature) {
    return current.has(feature);
  }

  @Override
  public void connected(Session session) {
    current = session.capabilities();
  }

  /** Refuses a feature if the transport lacks it. */
  void require(Feature feature, @Nullable String taskName) {
    if (current.of(feature) == Support.NONE) {
      List<String> having = known.stream()
          .filter(other -> other != provider && other.capabilities().has(feature))
          .map(TransportProvider::name)
          .sorted()
          .toList();
      throw new UnsupportedOptionException(feature, provider.name(), having, taskName);
    }
  }

  /** Refuses a submit that asks for something the transport lacks. */
  void require(SubmitOptions options, boolean ownSerializer, String taskName) {
    if (options.wantsResponse()) {
      require(Feature.RESULTS, taskName);
    }
    if (options.priority() != Priority.NORMAL) {
      require(Feature.PRIORITY, taskName);
    }
    if (!options.delay().isZero()) {
      require(Feature.DELAY, taskName);
    }
    if (options.unique() != null) {
      require(Feature.UNIQUE, taskName);
    }
    if (options.deadline() != null) {
      require(Feature.DEADLINE, taskName);
    }
    if (ownSerializer || !options.headers().isEmpty()) {
      require(Feature.HEADERS, taskName);
    }
  }
}
