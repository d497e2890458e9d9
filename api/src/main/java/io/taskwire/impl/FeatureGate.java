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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses what the transport cannot do. Used by callers' threads and by the event loop. */
final class FeatureGate implements SessionUser {

  private final TransportProvider provider;
  private final Collection<TransportProvider> known;
  private final boolean durable;

  /** What each host could do when it was connected last; belongs to the event loop. */
  private final Map<Connector, Capabilities> found = new HashMap<>();

  /** What all of them can do. Written by the event loop at each connect, read by callers' threads. */
  private volatile Capabilities current;

  /**
   * Creates the gate.
   *
   * @param clientId who the caller is across restarts, empty if it is nobody
   * @throws UnsupportedOptionException if it is somebody and the transport's results do not survive
   */
  FeatureGate(TransportProvider provider, Collection<TransportProvider> known, String clientId) {
    this.provider = provider;
    this.known = known;
    this.durable = !clientId.isEmpty();
    this.current = provider.capabilities();
    if (durable) {
      require(Feature.DURABLE_RESULTS, null);
    }
  }

  Capabilities current() {
    return current;
  }

  boolean has(Feature feature) {
    return current.has(feature);
  }

  @Override
  public void connected(Connector host, Session session) {
    found.put(host, session.capabilities());
    Capabilities common = session.capabilities();
    for (Capabilities other : found.values()) {
      common = common.and(other);
    }
    current = common;
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

  /** Refuses to look for the result of a task of an earlier process if that cannot be had. */
  void requireAttach(String taskName) {
    if (!durable && provider.capabilities().has(Feature.DURABLE_RESULTS)) {
      throw new UnsupportedOptionException(
          Feature.DURABLE_RESULTS,
          "only results of a queue that has the option clientId survive their caller's restart",
          taskName);
    }
    require(Feature.DURABLE_RESULTS, taskName);
  }

  /** Refuses to listen for reports that the transport, or the way this caller's tasks travel, lacks. */
  void requireReports(Feature feature, String taskName) {
    require(feature, taskName);
    if (durable && !provider.reportsToDurableCallers()) {
      throw new UnsupportedOptionException(
          feature,
          provider.name() + " has no " + feature.label() + " for callers with a clientId",
          taskName);
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
