/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.Capabilities;
import io.taskwire.EnvelopeMode;
import io.taskwire.Feature;
import io.taskwire.InvalidOptionException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.taskwire.spi.TransportProvider;
import java.util.List;
import java.util.Set;

/**
 * Queues on beanstalkd: {@code beanstalk://host:port}, port 11300 if none is given, several hosts with commas between
 * them; {@code beanstalks://} where something in front of the broker speaks TLS.
 *
 * <p>A task is a job in the tube of its name, see {@link io.taskwire.beanstalk.codec.TaskTube}. Priorities HIGH, NORMAL
 * and LOW are 512, 1024 and 2048. A result comes back as a job in a tube of the caller's own; what asks for one therefore
 * carries an envelope, everything else is the plain payload. Persistence is what the broker was started with.
 */
public final class BeanstalkTransportProvider implements TransportProvider {

  /** What travels in an envelope. */
  static final List<Feature> ENVELOPED = List.of(
      Feature.RESULTS,
      Feature.DURABLE_RESULTS,
      Feature.PROGRESS,
      Feature.PARTIAL_DATA,
      Feature.DEADLINE,
      Feature.HEADERS);

  /** At best; what broker and settings leave of it a session says. TLS is a proxy's in front of the broker. */
  static final Capabilities CAPABILITIES = Capabilities.none()
      .natively(
          Feature.PRIORITY,
          Feature.DELAY,
          Feature.STATUS,
          Feature.CANCEL_QUEUED,
          Feature.LEASE_RENEWAL,
          Feature.RETRY,
          Feature.DEAD_LETTER,
          Feature.PERSISTENCE,
          Feature.RAW)
      .emulated(Feature.TLS, Feature.SEVERAL_HOSTS)
      .emulated(ENVELOPED.toArray(Feature[]::new));

  /** Called by {@link java.util.ServiceLoader}. */
  public BeanstalkTransportProvider() {}

  @Override
  public String name() {
    return "beanstalk";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("beanstalk", "beanstalks");
  }

  @Override
  public Set<String> tlsSchemes() {
    return Set.of("beanstalks");
  }

  @Override
  public int defaultPort() {
    return BeanstalkOptions.DEFAULT_PORT;
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
    String url = CoreOptions.URL.key();
    if (context.uri().hosts().size() != 1) {
      throw new InvalidOptionException(
          url,
          url + "=" + context.uri()
              + ": the URI needs a host, and the transport takes one at a time, as in beanstalk://localhost:11300",
          null);
    }
    context.uri().requireHostsOnly("beanstalkd");
    if (context.envelope() == EnvelopeMode.NEVER
        && !context.settings().get(CoreOptions.CLIENT_ID).isEmpty()) {
      String key = CoreOptions.CLIENT_ID.key();
      throw new InvalidOptionException(
          key,
          "On beanstalkd " + key + " needs envelopes: leave out envelope=never, or " + key,
          null);
    }
    return new BeanstalkTransport(context);
  }
}
