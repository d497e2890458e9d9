/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.Capabilities;
import io.taskwire.Feature;
import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.taskwire.spi.TransportProvider;
import java.util.List;
import java.util.Set;

/** Finds the memory transport: {@code memory:} and {@code memory:name}. */
public final class MemoryTransportProvider implements TransportProvider {

  /** How many tasks that are not over a broker may hold when this queue submits another. */
  public static final Option<Integer> MAX_TASKS = Option.integer(
      "maxTasks",
      1_000_000,
      1,
      100_000_000,
      "How many tasks the broker may hold, waiting and running; further submits of this queue are rejected.");

  /** How many tasks a broker keeps aside when a worker of this queue adds one. */
  public static final Option<Integer> MAX_DEAD_LETTERS = Option.integer(
      "maxDeadLetters",
      10_000,
      0,
      100_000_000,
      "How many dead letters the broker may hold; when a worker of this queue adds one too many the oldest is dropped.");

  static final Capabilities CAPABILITIES = Capabilities.none()
      .natively(
          Feature.RESULTS,
          Feature.PRIORITY,
          Feature.DELAY,
          Feature.UNIQUE,
          Feature.PROGRESS,
          Feature.PARTIAL_DATA,
          Feature.STATUS,
          Feature.CANCEL_QUEUED,
          Feature.DEADLINE,
          Feature.RETRY,
          Feature.DEAD_LETTER,
          Feature.HEADERS,
          Feature.RAW)
      .emulated(Feature.CANCEL_RUNNING);

  /** Made by {@link java.util.ServiceLoader}. */
  public MemoryTransportProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("memory");
  }

  @Override
  public List<Option<?>> options() {
    return List.of(MAX_TASKS, MAX_DEAD_LETTERS);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Transport create(TransportContext context) {
    BrokerUri uri = context.uri();
    if (!uri.hosts().isEmpty() || uri.user() != null || uri.password() != null) {
      throw new InvalidOptionException(
          CoreOptions.URL.key(),
          uri
              + " has a host or a user, and memory has none: write memory: for a broker of this queue's own, or"
              + " memory:name for one shared by all queues of this JVM with that name",
          null);
    }
    return new MemoryTransport(context);
  }
}
