/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** Makes the socket of a connection, on a thread of its own; the event loop may end it at any time. */
final class SocketOpening {

  // As io.taskwire.spi.TcpKeepAlive has them.
  private static final int KEEPALIVE_IDLE_SECONDS = 10;
  private static final int KEEPALIVE_INTERVAL_SECONDS = 5;
  private static final int KEEPALIVE_PROBES = 3;

  private final String host;
  private final int port;
  private final long deadline;

  // The opening thread sets what the event loop closes.
  private @Nullable FlightSocket current;
  private boolean aborted;

  /** The limit runs from now on. */
  SocketOpening(ConnectionOptions options) {
    host = options.host();
    port = options.port();
    deadline = System.nanoTime() + options.connectTimeout().toNanos();
  }

  /** Blocks; connects to the first address of the host that answers. */
  FlightSocket connect() throws IOException {
    IOException refused = null;
    for (InetAddress address : InetAddress.getAllByName(host)) {
      FlightSocket socket = begin();
      try {
        prepare(socket);
        socket.connect(new InetSocketAddress(address, port), millisLeft());
        return socket;
      } catch (IOException e) {
        socket.close();
        refused = e;
      }
    }
    throw refused == null ? new SocketException("the host has no address") : refused;
  }

  private synchronized FlightSocket begin() throws SocketException {
    if (aborted) {
      throw new SocketException("given up while connecting");
    }
    FlightSocket socket = new FlightSocket();
    current = socket;
    return socket;
  }

  private static void prepare(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    set(socket, StandardSocketOptions.SO_KEEPALIVE, true);
    set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
    set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_SECONDS);
    set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_PROBES);
  }

  private static <T> void set(Socket socket, SocketOption<T> option, T value) throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }

  /** What is left of the limit of connecting, 1 at least. */
  int millisLeft() throws SocketTimeoutException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("connect timed out");
    }
    return (int) left;
  }

  /** Ends the socket, or its making; does not block. */
  synchronized void abort() {
    aborted = true;
    if (current != null) {
      BrokerSocket.abort(current);
    }
  }
}
