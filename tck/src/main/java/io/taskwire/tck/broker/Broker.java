/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

/**
 * A broker that a test starts and ill-treats. Its address is settled before it is started and stays the same across
 * restarts. Meant for one test thread at a time.
 */
public interface Broker extends AutoCloseable {

  /**
   * Gives its address.
   *
   * @return the URI a queue is opened with, without options
   */
  String url();

  /**
   * Gives the address of something on this machine that forwards to the broker.
   *
   * @param port where it listens
   * @return the URI a queue is opened with to take that way
   * @throws UnsupportedOperationException if the broker has no port of its own
   */
  String urlThrough(int port);

  /**
   * Tells where the broker listens on 127.0.0.1.
   *
   * @return the port
   * @throws UnsupportedOperationException if the broker has no port of its own
   */
  int port();

  /**
   * Tells whether there is a process, which can be killed, frozen and connected to.
   *
   * @return false for a broker that lives in this JVM
   */
  boolean isProcess();

  /**
   * Starts it.
   *
   * @throws IllegalStateException if it runs already, cannot be started, or does not answer in time
   */
  void start();

  /** Stops it as an administrator would, and waits until it is gone. Does nothing if it is not running. */
  void stop();

  /** Kills it without a warning ({@code kill -9}), and waits until it is gone. Does nothing if it is not running. */
  void kill();

  /** Stops it and starts it again on the same port. */
  default void restart() {
    stop();
    start();
  }

  /**
   * Tells whether it runs. A frozen broker does.
   *
   * @return false before the start, after a stop, a kill or a crash
   */
  boolean isRunning();

  /** Halts the process where it stands: its sockets stay open and nobody serves them. */
  void freeze();

  /** Lets a frozen process go on. Does nothing if it is not frozen. */
  void thaw();

  /**
   * Asks the broker how many connections it has.
   *
   * @return their number without the one that asks
   */
  int connections();

  /** Kills it and deletes what it wrote. */
  @Override
  void close();
}
