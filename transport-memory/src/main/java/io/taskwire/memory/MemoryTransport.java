/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** One queue's way to its broker. It joins the broker at the first connect and leaves it at close. */
final class MemoryTransport implements Transport {

  private final TransportContext context;
  private @Nullable Port port;
  private boolean closed;

  MemoryTransport(TransportContext context) {
    this.context = context;
  }

  @Override
  public Future<Session> connect(SessionListener listener) {
    if (closed) {
      return Future.failedFuture(new BrokerConnectException(
          "the transport to " + context.uri() + " is closed", false, null));
    }
    Port joined = port == null ? Brokers.join(context) : port;
    port = joined;
    MemorySession session = new MemorySession(joined, listener);
    joined.connected(session);
    return Future.succeededFuture(session);
  }

  @Override
  public Future<Void> close() {
    Port left = port;
    if (closed || left == null) {
      closed = true;
      return Future.succeededFuture();
    }
    closed = true;
    left.connected(null);
    return Brokers.leave(left);
  }
}
