/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.admin;

import io.taskwire.rabbitmq.connection.AmqpConnection;
import io.taskwire.rabbitmq.connection.ConnectionOptions;
import io.taskwire.rabbitmq.connection.Connections;
import io.vertx.core.Context;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A connection that is opened when it is needed and there is none. On the event loop. */
final class ConnectionOnDemand {

  private final ConnectionOptions options;
  private final Connections connections;
  private @Nullable Future<AmqpConnection> current;

  ConnectionOnDemand(Context context, ConnectionOptions options) {
    this.options = options;
    connections = new Connections(context);
  }

  Future<AmqpConnection> connection() {
    Future<AmqpConnection> connection = current;
    if (connection == null) {
      connection = connections.open(options);
      current = connection;
      connection
          .onFailure(refused -> current = null)
          .onSuccess(open -> open.closed().onComplete(ended -> current = null));
    }
    return connection;
  }

  boolean isClosed() {
    return connections.isClosed();
  }

  /** Completes when all is closed, and does not fail. */
  Future<Void> close() {
    return connections.close();
  }
}
