/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import java.time.Duration;

/**
 * Hears how it goes with the servers of a producer or consumer. Called on its event loop: it must not block. What it throws is
 * logged and changes nothing. A {@link BeanstalkClient} has one connection, whose end {@link BeanstalkClient#ended} tells.
 */
public interface BeanstalkListener {

  /**
   * A server is connected.
   *
   * @param server host and port
   */
  default void connected(String server) {}

  /**
   * A connection is lost. Producers and consumers try a new one at once.
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
   * No further attempt is made: it cannot help (TLS verification, no beanstalkd there), or attempts are limited.
   *
   * @param server host and port
   * @param cause why
   */
  default void gaveUp(String server, Throwable cause) {}
}
