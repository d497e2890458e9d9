/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Capabilities;
import io.taskwire.EnvelopeMode;
import io.taskwire.Feature;
import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.taskwire.spi.TransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Tasks over a Gearman server: {@code gearman://host:4730}, or encrypted: {@code gearmans://host:4730}.
 *
 * <p>A task whose result is wanted is a foreground job, any other a background job; the body is the serialized value, so
 * that a worker in any language can serve it. Progress, partial data and status are Gearman's own; of a background job
 * they go nowhere, and the status of a finished job is unknown. A unique key joins tasks as long as the first is queued
 * or running: it is no guard against running twice. Keys of tasks with and without a result never meet.
 */
public final class GearmanTransportProvider implements TransportProvider {

  static final int DEFAULT_PORT = 4730;

  /** How often a connection shows that it lives. */
  public static final Option<Duration> HEARTBEAT = Option.duration(
      "heartbeat",
      Duration.ofSeconds(10),
      Duration.ofMillis(10),
      Duration.ofHours(1),
      "How often a server is asked for an answer, and a worker looks for tasks unasked; a server silent for three times"
          + " as long is given up.");

  /** Whether the server keeps background jobs across its restart, which it does not tell. */
  public static final Option<Boolean> STORE = Option.flag(
      "store",
      false,
      "Says that the server has a store (gearmand -q): tasks without response, and those of callers with a clientId, then"
          + " go as it can keep them.");

  /** Whether failed tasks are set aside. */
  public static final Option<Boolean> DEAD_LETTER = Option.flag(
      "deadLetter",
      false,
      "Keeps tasks that are rejected, or failed where nobody waits, as background jobs of NAME.dead.");

  /** How callers hear of failures. */
  static final Option<FailureStyle> FAILURES = Option.choice(
      "failures",
      FailureStyle.EXCEPTION,
      "How a worker tells plain callers that a task failed: exception says why; fail does not, but reaches callers on"
          + " libgearman whatever the server's options.");

  /** How many connections a session takes tasks on. */
  public static final Option<Integer> MAX_CONNECTIONS = Option.integer(
      "maxConnections",
      128,
      1,
      10_000,
      "How many connections take tasks, one for each name; names beyond share the last one, where tasks of a busy name are"
          + " held while others wait.");

  /**
   * At best; what the settings leave of it a session says. TLS: a gearmand built with it is rare; a proxy in front, or our
   * own server, does it.
   */
  static final Capabilities CAPABILITIES = Capabilities.none()
      .natively(
          Feature.RESULTS,
          Feature.PRIORITY,
          Feature.UNIQUE,
          Feature.PROGRESS,
          Feature.PARTIAL_DATA,
          Feature.STATUS,
          Feature.CANCEL_QUEUED,
          Feature.PERSISTENCE,
          Feature.RAW)
      .emulated(
          Feature.DURABLE_RESULTS,
          Feature.DELAY,
          Feature.DEADLINE,
          Feature.RETRY,
          Feature.DEAD_LETTER,
          Feature.TLS,
          Feature.SEVERAL_HOSTS,
          Feature.HEADERS);

  /** Creates the provider; for {@link java.util.ServiceLoader}. */
  public GearmanTransportProvider() {}

  @Override
  public String name() {
    return "gearman";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("gearman", "gearmans");
  }

  @Override
  public Set<String> tlsSchemes() {
    return Set.of("gearmans");
  }

  @Override
  public List<Option<?>> options() {
    return List.of(HEARTBEAT, STORE, DEAD_LETTER, FAILURES, MAX_CONNECTIONS);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public int defaultPort() {
    return DEFAULT_PORT;
  }

  @Override
  public Transport create(TransportContext context) {
    BrokerUri uri = context.uri();
    if (uri.hosts().size() != 1) {
      throw new InvalidOptionException(
          CoreOptions.URL.key(),
          "the URI " + uri + " needs a host, and the transport takes one at a time, as in"
              + " gearman://localhost:4730",
          null);
    }
    uri.requireHostsOnly("Gearman");
    if (context.envelope() == EnvelopeMode.NEVER) {
      refuseWithoutEnvelope(context, CoreOptions.CLIENT_ID, "");
      refuseWithoutEnvelope(context, DEAD_LETTER, false);
    }
    return new GearmanTransport(context, uri.hosts().get(0).withDefaultPort(DEFAULT_PORT));
  }

  private static <T> void refuseWithoutEnvelope(
      TransportContext context, Option<T> option, T allowed) {
    if (!context.settings().get(option).equals(allowed)) {
      throw new InvalidOptionException(
          option.key(),
          "On Gearman " + option.key() + " needs envelopes: leave out envelope=never, or "
              + option.key(),
          null);
    }
  }
}
