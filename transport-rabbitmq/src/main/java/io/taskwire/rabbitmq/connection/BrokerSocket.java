/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The socket that amqp-client is given: connected already, perhaps with TLS on top of it, its output batched. Closing it never
 * waits for the peer for longer than until {@link #abort}.
 */
final class BrokerSocket extends Socket {

  private static final int BATCH = 64 << 10;

  private final Socket plain;
  private final Socket end;
  private final BatchedOutput output;
  private final AmqpInput input;

  /** Takes what is connected. */
  BrokerSocket(Socket plain, Socket end) throws IOException {
    this.plain = plain;
    this.end = end;
    this.output = new BatchedOutput(end.getOutputStream(), BATCH);
    this.input = new AmqpInput(end.getInputStream());
  }

  BatchedOutput output() {
    return output;
  }

  /** Ends it at once, whatever threads wait on it; does not block. */
  void abort() {
    abort(plain);
  }

  static void abort(Socket plain) {
    try (plain) {
      plain.setSoLinger(true, 0);
    } catch (IOException closed) {
      // which is what is wanted
    }
  }

  @Override
  public void connect(SocketAddress address, int timeout) {
    // It is connected.
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return output;
  }

  @Override
  public @Nullable InetAddress getInetAddress() {
    return plain.getInetAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return plain.getLocalAddress();
  }

  @Override
  public int getPort() {
    return plain.getPort();
  }

  @Override
  public int getLocalPort() {
    return plain.getLocalPort();
  }

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    end.setSoTimeout(millis);
  }

  @Override
  public synchronized int getSoTimeout() throws SocketException {
    return end.getSoTimeout();
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {
    // amqp-client would have each close wait for a peer that may be frozen.
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return plain.isClosed();
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      end.close();
    } finally {
      plain.close();
    }
  }
}
