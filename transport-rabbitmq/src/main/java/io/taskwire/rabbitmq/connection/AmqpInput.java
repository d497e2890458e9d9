/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What is read from a socket. amqp-client would wait for the rest of a frame whatever comes, so that the first byte is looked
 * at here: a broker begins with a method frame, or with its own protocol header where it speaks another version.
 */
final class AmqpInput extends FilterInputStream {

  private static final int METHOD_FRAME = 1;
  private static final int TLS_ALERT = 21;

  // Only the reading thread.
  private boolean begun;

  AmqpInput(InputStream socket) {
    super(socket);
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    if (!begun && b >= 0) {
      check(b);
    }
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int read = in.read(bytes, offset, count);
    if (!begun && read > 0) {
      check(bytes[offset] & 0xFF);
    }
    return read;
  }

  private void check(int first) throws IOException {
    begun = true;
    if (first == TLS_ALERT) {
      throw new NotAmqpException("it speaks TLS; is its scheme amqps?");
    }
    if (first != METHOD_FRAME && first != 'A') {
      throw new NotAmqpException("it does not speak AMQP 0-9-1: its first byte is " + first);
    }
  }
}
