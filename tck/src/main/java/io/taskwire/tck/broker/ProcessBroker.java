/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.util.List;

/** What all brokers that are processes have in common. */
abstract sealed class ProcessBroker implements Broker permits GearmandBroker, BeanstalkdBroker {

  private final String scheme;
  private final BrokerProcess process;

  ProcessBroker(String scheme, String program) {
    this(scheme, new BrokerProcess(program));
  }

  ProcessBroker(String scheme, BrokerProcess process) {
    this.scheme = scheme;
    this.process = process;
  }

  /** The arguments to start with, which may refer to the port and the data folder. */
  abstract List<String> arguments(BrokerProcess process);

  @Override
  public final String url() {
    return urlThrough(port());
  }

  @Override
  public final String urlThrough(int port) {
    return scheme + "://127.0.0.1:" + port;
  }

  @Override
  public final int port() {
    return process.port();
  }

  @Override
  public final boolean isProcess() {
    return true;
  }

  @Override
  public final void start() {
    process.start(arguments(process));
  }

  @Override
  public final void stop() {
    process.stop();
  }

  @Override
  public final void kill() {
    process.kill();
  }

  @Override
  public final boolean isRunning() {
    return process.isRunning();
  }

  final void signal(String name) {
    process.signal(name);
  }

  @Override
  public final void freeze() {
    process.freeze();
  }

  @Override
  public final void thaw() {
    process.thaw();
  }

  @Override
  public final void close() {
    process.close();
  }
}
