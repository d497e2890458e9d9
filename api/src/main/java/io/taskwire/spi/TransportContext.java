/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.EnvelopeMode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the queue hands to a transport it makes. */
public interface TransportContext {

  /**
   * Gives the Vert.x instance.
   *
   * @return the instance, which the transport never closes
   */
  Vertx vertx();

  /**
   * Gives the event loop that everything of this transport belongs to.
   *
   * @return an event-loop context
   */
  Context context();

  /**
   * Gives the address.
   *
   * @return the parsed URI
   */
  BrokerUri uri();

  /**
   * Gives the values of the options.
   *
   * @return the settings; they know the provider's own options and those of {@link CoreOptions}
   */
  Settings settings();

  /**
   * Tells how connections are encrypted.
   *
   * @return null if they are not: the URI's scheme is none of {@link TransportProvider#tlsSchemes()}
   */
  default @Nullable Tls tls() {
    return null;
  }

  /**
   * Leads to the queue's transports to its other hosts.
   *
   * @return null where there is one host
   */
  default @Nullable SharedByHosts shared() {
    return null;
  }

  /**
   * Identifies this queue among all processes: 32 hex digits, new for each.
   *
   * @return the id
   */
  String instanceId();

  /**
   * Tells when bodies are enveloped.
   *
   * @return the queue's mode
   */
  default EnvelopeMode envelope() {
    return settings().get(CoreOptions.ENVELOPE);
  }

  /**
   * Tells the largest body that is taken from the wire.
   *
   * @return bytes
   */
  default int maxPayload() {
    return settings().get(CoreOptions.MAX_PAYLOAD);
  }

  /**
   * Tells how long one attempt to connect may take, handshake included.
   *
   * @return the limit
   */
  default Duration connectTimeout() {
    return settings().get(CoreOptions.CONNECT_TIMEOUT);
  }
}
