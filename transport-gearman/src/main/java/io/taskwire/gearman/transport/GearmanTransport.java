/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.SubmitListener;
import io.taskwire.spi.TaskIds;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * One queue's way to its Gearman server. A session outlives only what waits for results under a client id: any other caller
 * is forgotten by the server when its connection ends.
 */
final class GearmanTransport implements Transport {

  private final TransportContext context;
  private final GearmanConnector connector;
  private final GearmanSettings settings;
  private final TaskIds ids = new TaskIds();
  private final HostPort host;

  /** Null for a caller without a name, whose results end with its connection. */
  private final @Nullable DurableResults results;

  private boolean closed;

  GearmanTransport(TransportContext context, HostPort host) {
    this.context = context;
    this.host = host;
    settings = GearmanSettings.of(context);
    results = settings.isDurable()
        ? new DurableResults(context.context(), ids, settings.resultsKept())
        : null;
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
    return GearmanSession.open(this, listener)
        .compose(session -> closed ? refuse(session) : Future.succeededFuture(session));
  }

  private static Future<Session> refuse(Session session) {
    return session
        .close()
        .compose(end -> Future.failedFuture(
            new BrokerConnectException("the queue was closed while it connected", false, null)));
  }

  @Override
  public AcceptedTask attach(String taskName, String format, String id, SubmitListener listener) {
    if (results == null) {
      throw new IllegalStateException("only a queue with a clientId attaches");
    }
    return results.attach(taskName, id, listener);
  }

  GearmanConnector connector() {
    return connector;
  }

  HostPort host() {
    return host;
  }

  GearmanSettings settings() {
    return settings;
  }

  TaskIds ids() {
    return ids;
  }

  @Nullable
  DurableResults results() {
    return results;
  }

  Vertx vertx() {
    return context.vertx();
  }

  @Override
  public Future<Void> close() {
    closed = true;
    if (results != null) {
      results.close();
    }
    return connector.close().otherwiseEmpty();
  }
}
