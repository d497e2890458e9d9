/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.spi.BrokerUri.HostPort;
import io.vertx.core.Future;

/**
 * Uses the servers of a {@link ServerLinks}. Called on its event loop.
 *
 * @param <C> what it has of each server that is connected: a connection, or what stands on several
 */
public interface ServerUser<C> {

  /** Makes one; fails with a {@link io.taskwire.spi.BrokerConnectException}. */
  Future<C> connect(HostPort host);

  /** Ends one; does not fail. */
  Future<Void> close(C connection);

  /** The end of one, with the reason. */
  Future<Throwable> ended(C connection);

  /** A server can be used. */
  void connected(ServerLink<C> link);

  /** A server cannot be used any more, or not yet. */
  void notConnected();
}
