/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Future;

/** One queue's way to its Gearman server. Nothing outlives a session: the server forgets a caller that is gone. */
final class GearmanTransport implements Transport {

  private final GearmanConnector connector;
  private final GearmanSettings settings;
  private final HostPort host;
  private boolean closed;

  GearmanTransport(TransportContext context, HostPort host) {
    this.host = host;
    settings = new GearmanSettings(context.envelope(), context.maxPayload());
    // The codec counts an envelope with its payload.
    int longest = (int) Math.min(
        Integer.MAX_VALUE - (1 << 20), (long) context.maxPayload() + Envelope.MAX_HEADER_BYTES);
    connector = new GearmanConnector(
        context.context(),
        longest,
        context.connectTimeout(),
        context.settings().get(GearmanTransportProvider.HEARTBEAT),
        context.tls());
  }

  @Override
  public Future<Session> connect(SessionListener listener) {
    return GearmanSession.open(connector, host, settings, listener)
        .compose(session -> closed ? refuse(session) : Future.succeededFuture(session));
  }

  private static Future<Session> refuse(Session session) {
    return session
        .close()
        .compose(end -> Future.failedFuture(
            new BrokerConnectException("the queue was closed while it connected", false, null)));
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return connector.close().otherwiseEmpty();
  }
}
