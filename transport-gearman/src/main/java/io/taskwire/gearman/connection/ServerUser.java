/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

/** Uses the connections of {@link ServerLinks}. Everything is called on the event loop. */
public interface ServerUser {

  /**
   * Gives who hears from the next connection to a server, and calls {@link ServerLink#lost} when that is closed. Asked
   * before each attempt.
   */
  ConnectionOwner owner(ServerLink link);

  /** The server has answered; {@link ServerLink#connection()} is there. */
  void connected(ServerLink link);

  /** The connection is gone, and what was in flight on it was told. */
  void disconnected(ServerLink link, Throwable cause);

  /** A failed attempt; told after the state has changed, also when it was the last. */
  void connectFailed(ServerLink link);
}
