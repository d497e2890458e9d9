/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.Capabilities;
import io.taskwire.Feature;
import io.taskwire.InvalidOptionException;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.taskwire.spi.TransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Queues on RabbitMQ: {@code amqp://user:password@host:port/virtualhost}, port 5672 if none is given, several hosts with
 * commas between them; {@code amqps://} with TLS, port 5671.
 *
 * <p>A task is a message in the queue of its name, as aioqueue has it, and callers and workers of aioqueue and of Taskwire
 * understand each other. What that dialect cannot express travels in properties and headers of the messages, so bodies
 * are never enveloped. docs/WIRE.md, "RabbitMQ".
 */
public final class RabbitmqTransportProvider implements TransportProvider {

  static final int PORT = 5672;

  /** At best; what the settings leave of it a session says. */
  static final Capabilities CAPABILITIES = Capabilities.none()
      .natively(
          Feature.PRIORITY,
          Feature.DEADLINE,
          Feature.DEAD_LETTER,
          Feature.PERSISTENCE,
          Feature.TLS,
          Feature.HEADERS,
          Feature.RAW)
      .emulated(
          Feature.RESULTS,
          Feature.DURABLE_RESULTS,
          Feature.DELAY,
          Feature.PROGRESS,
          Feature.PARTIAL_DATA,
          Feature.RETRY,
          Feature.SEVERAL_HOSTS);

  /** The broker takes tasks back from who is silent about them for half an hour. */
  private static final Duration HANDLER_TIMEOUT = Duration.ofMinutes(25);

  /** Called by {@link java.util.ServiceLoader}. */
  public RabbitmqTransportProvider() {}

  @Override
  public String name() {
    return "rabbitmq";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("amqp", "amqps");
  }

  @Override
  public Set<String> tlsSchemes() {
    return Set.of("amqps");
  }

  @Override
  public int defaultPort() {
    return PORT;
  }

  @Override
  public Duration handlerTimeout() {
    return HANDLER_TIMEOUT;
  }

  @Override
  public List<Option<?>> options() {
    return TransportOptions.all();
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public boolean reportsToDurableCallers() {
    return true;
  }

  @Override
  public Transport create(TransportContext context) {
    if (context.uri().hosts().size() != 1) {
      String url = CoreOptions.URL.key();
      throw new InvalidOptionException(
          url,
          url + "=" + context.uri()
              + ": the URI needs a host, and the transport takes one at a time, as in amqp://localhost",
          null);
    }
    return new RabbitmqTransport(context, QueueSettings.of(context.settings()));
  }
}
