/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.admin;

import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.connection.ConnectionOwner;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.spi.BrokerUri.HostPort;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** A connection that is opened when it is needed and there is none. It takes no jobs. */
final class ConnectionOnDemand {

  private final HostPort host;
  private final GearmanConnector connector;
  private @Nullable Future<GearmanConnection> current;
  private boolean closed;

  /** Prepares a connection to the first server of the options. */
  ConnectionOnDemand(Context context, GearmanOptions options) {
    this.host = options.hosts().get(0);
    GearmanOptions limited = options.connectTimeout().compareTo(options.requestTimeout()) > 0
        ? options.toBuilder().connectTimeout(options.requestTimeout()).build()
        : options;
    this.connector = GearmanConnector.of(context, limited);
  }

  /** Gives the connection, on the event loop. */
  Future<GearmanConnection> connection() {
    if (closed) {
      return Future.failedFuture(closedHere());
    }
    Future<GearmanConnection> connection = current;
    if (connection == null) {
      connection = connector.open(host, new Owner());
      current = connection;
      connection.onFailure(refused -> current = null);
    }
    return connection;
  }

  /** Closes it, on the event loop; does not fail. */
  Future<Void> close() {
    closed = true;
    Future<GearmanConnection> connection = current;
    // Of no context: the loop may end right behind it, and with it all futures of its context.
    Promise<Void> freed = Promise.promise();
    (connection == null
            ? Future.succeededFuture()
            : connection.compose(open -> open.close(closedHere())))
        .transform(ignored -> connector.close())
        .onComplete(ignored -> freed.complete());
    return freed.future();
  }

  private GearmanClosedException closedHere() {
    return new GearmanClosedException("the connection to " + host + " was closed here", null);
  }

  private final class Owner implements ConnectionOwner {

    @Override
    public void worker(Response packet) {}

    @Override
    public void oversizedJob(Response job, long payloadLength) {}

    @Override
    public void unaskedError(ErrorResponse error) {}

    @Override
    public void closed(Throwable cause) {
      current = null;
    }
  }
}
