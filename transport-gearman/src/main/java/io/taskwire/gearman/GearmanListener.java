/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import java.time.Duration;

/**
 * Hears how it goes with the servers. Called on the event loop of the client or worker: it must not block. What it throws
 * is logged and changes nothing.
 */
public interface GearmanListener {

  /**
   * A server is connected, and has answered.
   *
   * @param server host and port
   */
  default void connected(String server) {}

  /**
   * A connection is lost. A new one is tried at once.
   *
   * @param server host and port
   * @param cause why
   */
  default void disconnected(String server, Throwable cause) {}

  /**
   * An attempt to connect has failed, and another one follows.
   *
   * @param server host and port
   * @param cause why
   * @param nextAttempt the time until then
   */
  default void connectFailed(String server, Throwable cause, Duration nextAttempt) {}

  /**
   * No further attempt is made: it cannot help (TLS verification, no Gearman server there), or attempts are limited.
   *
   * @param server host and port
   * @param cause why
   */
  default void gaveUp(String server, Throwable cause) {}
}
