/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.Future;

/**
 * One queue's way to its broker. It outlives the sessions it makes, and holds what must outlive them, such as results
 * awaited over a reply tube. It never reconnects by itself: the queue does.
 */
public interface Transport {

  /**
   * Connects. Called again only after the last session is lost or closed, or the last attempt has failed.
   *
   * @param listener told of the session's loss, and of what belongs to no task
   * @return a live session; fails with a {@link BrokerConnectException}
   */
  Future<Session> connect(SessionListener listener);

  /**
   * Frees what outlives sessions. Called once, after the last session is closed, or while an attempt to connect is under
   * way, which then fails. Awaited results have been abandoned before.
   *
   * @return completes when nothing is left; does not fail
   */
  Future<Void> close();
}
