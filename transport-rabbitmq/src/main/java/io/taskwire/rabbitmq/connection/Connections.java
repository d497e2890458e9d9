/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.vertx.core.Context;
import io.vertx.core.Future;

/** Opens connections, and closes at last what it has opened, also what is just being opened. All on one event loop. */
public final class Connections {

  public Connections(Context context) {
    throw new UnsupportedOperationException();
  }

  /** Fails as {@link AmqpConnection#open} does, or in any way once {@link #isClosed()}. */
  public Future<AmqpConnection> open(ConnectionOptions options) {
    throw new UnsupportedOperationException();
  }

  /** Whether no more are opened. */
  public boolean isClosed() {
    throw new UnsupportedOperationException();
  }

  /** Gives up what is being opened, and closes what is open; completes, on no context, when all is closed, and does not fail. */
  public Future<Void> close() {
    throw new UnsupportedOperationException();
  }
}
