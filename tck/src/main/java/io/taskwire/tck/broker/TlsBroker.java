/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import io.taskwire.tck.proxy.TcpProxy;
import io.taskwire.tck.proxy.TlsEnd;
import io.taskwire.tck.tls.TestCertificates;

/** A broker that speaks in the clear, behind a proxy that speaks TLS. */
public final class TlsBroker implements Broker {

  private final Broker broker;
  private final String tlsScheme;
  private final TcpProxy proxy;

  /**
   * Puts a broker behind TLS. Its address names the authority to trust.
   *
   * @param broker a process that is not running yet; started, killed and closed with this
   * @param tlsScheme the scheme for queues, such as {@code gearmans}
   * @param tls what the proxy shows
   */
  public TlsBroker(Broker broker, String tlsScheme, TlsEnd tls) {
    this.broker = broker;
    this.tlsScheme = tlsScheme;
    proxy = TcpProxy.tls(broker.port(), tls);
  }

  @Override
  public String url() {
    return urlThrough(proxy.port());
  }

  @Override
  public String urlThrough(int through) {
    return tlsScheme + "://localhost:" + through + "?ca=" + TestCertificates.ca();
  }

  @Override
  public int port() {
    return proxy.port();
  }

  @Override
  public boolean isProcess() {
    return broker.isProcess();
  }

  @Override
  public void start() {
    broker.start();
  }

  @Override
  public void stop() {
    broker.stop();
  }

  @Override
  public void kill() {
    broker.kill();
  }

  @Override
  public boolean isRunning() {
    return broker.isRunning();
  }

  @Override
  public void freeze() {
    broker.freeze();
  }

  @Override
  public void thaw() {
    broker.thaw();
  }

  @Override
  public int connections() {
    return broker.connections();
  }

  @Override
  public void close() {
    broker.close();
    proxy.close();
  }
}
