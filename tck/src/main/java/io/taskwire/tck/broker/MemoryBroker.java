/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.util.concurrent.atomic.AtomicInteger;

/** The broker inside this JVM: a name, under which the queues of a test find each other. */
public final class MemoryBroker implements Broker {

  // Tests may run on several threads.
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String name = "tck-" + NAMES.incrementAndGet();
  private boolean running;

  private MemoryBroker() {}

  /**
   * A broker of its own. Not started yet.
   *
   * @return the broker
   */
  public static MemoryBroker create() {
    return new MemoryBroker();
  }

  @Override
  public String url() {
    return "memory:" + name;
  }

  @Override
  public String urlThrough(int port) {
    throw noProcess();
  }

  @Override
  public int port() {
    throw noProcess();
  }

  @Override
  public boolean isProcess() {
    return false;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public void kill() {
    throw noProcess();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void freeze() {
    throw noProcess();
  }

  @Override
  public void thaw() {
    throw noProcess();
  }

  /**
   * Counts nothing: there are none.
   *
   * @return 0
   */
  @Override
  public int connections() {
    return 0;
  }

  @Override
  public void close() {
    running = false;
  }

  private static UnsupportedOperationException noProcess() {
    return new UnsupportedOperationException("memory: has no process and no port");
  }
}
