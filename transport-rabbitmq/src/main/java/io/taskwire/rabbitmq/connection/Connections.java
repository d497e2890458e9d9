/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.taskwire.spi.BrokerConnectException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Opens connections, and closes at last what it has opened, also what is just being opened. All on one event loop. */
public final class Connections {

  private final Context context;
  private final Set<Connecting> connecting = new HashSet<>();
  private final Set<AmqpConnection> open = new HashSet<>();
  private boolean closed;

  public Connections(Context context) {
    this.context = context;
  }

  /** Fails as {@link AmqpConnection#open} does, or in any way once {@link #isClosed()}. */
  public Future<AmqpConnection> open(ConnectionOptions options) {
    if (closed) {
      return Future.failedFuture(new BrokerConnectException(
          "the connection to " + options.broker() + " was closed by this side", false, null));
    }
    Connecting attempt = new Connecting(context, options);
    connecting.add(attempt);
    return attempt.start().onComplete(done -> connecting.remove(attempt)).onSuccess(connection -> {
      open.add(connection);
      connection.closed().onComplete(ended -> open.remove(connection));
    });
  }

  /** Whether no more are opened. */
  public boolean isClosed() {
    return closed;
  }

  /** Gives up what is being opened, and closes what is open; completes, on no context, when all is closed, and does not fail. */
  public Future<Void> close() {
    closed = true;
    List<Future<Void>> closing = new ArrayList<>();
    List.copyOf(connecting).forEach(attempt -> closing.add(attempt.abort()));
    List.copyOf(open).forEach(connection -> closing.add(connection.close()));
    // Of no context: the loop may end right behind it, and with it all futures of its context.
    Promise<Void> done = Promise.promise();
    Future.join(closing).onComplete(all -> done.complete());
    return done.future();
  }
}
