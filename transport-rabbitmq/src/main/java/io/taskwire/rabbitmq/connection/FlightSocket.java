/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket below TLS that sends what a handshake writes only when its answer is waited for, and the end of the handshake with
 * what follows it. The JDK writes one message at a time, and a broker that misses a client certificate answers to the first and
 * closes: then the next one meets a reset, and the broker's reason is not read.
 */
final class FlightSocket extends Socket {

  // The opening thread, and the reading thread of amqp-client, which it starts.
  private final ByteArrayOutputStream flight = new ByteArrayOutputStream();

  /** Nothing is held back any more; set when the last flight is sent. */
  private volatile boolean direct;

  // Only the opening thread.
  private boolean handshaking;

  /** From now on answers are what sends. */
  void beginHandshake() {
    handshaking = true;
  }

  /** From now on each write sends. */
  void endHandshake() {
    handshaking = false;
  }

  private void write(OutputStream out, byte[] bytes, int offset, int count) throws IOException {
    if (!direct) {
      synchronized (flight) {
        if (handshaking) {
          flight.write(bytes, offset, count);
          return;
        }
        if (flight.size() > 0) {
          flight.write(bytes, offset, count);
          send();
          direct = true;
          return;
        }
        direct = true;
      }
    }
    out.write(bytes, offset, count);
  }

  private void send() throws IOException {
    synchronized (flight) {
      if (flight.size() > 0) {
        byte[] bytes = flight.toByteArray();
        flight.reset();
        super.getOutputStream().write(bytes);
      }
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        sendFirst();
        return in.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int count) throws IOException {
        sendFirst();
        return in.read(bytes, offset, count);
      }

      private void sendFirst() throws IOException {
        if (!direct) {
          send();
        }
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        FlightSocket.this.write(out, bytes, offset, count);
      }
    };
  }
}
