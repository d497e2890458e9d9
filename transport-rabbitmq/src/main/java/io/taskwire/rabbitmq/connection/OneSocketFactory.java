/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Gives amqp-client the one socket that it is to use. */
final class OneSocketFactory extends SocketFactory {

  private final BrokerSocket socket;

  OneSocketFactory(BrokerSocket socket) {
    this.socket = socket;
  }

  @Override
  public Socket createSocket() {
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    return socket;
  }
}
