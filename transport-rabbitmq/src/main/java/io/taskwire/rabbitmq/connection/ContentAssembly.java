/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.MalformedFrameException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts a message together from the frames that carry it: AMQP 0-9-1, section 4.2.6. */
final class ContentAssembly {

  /** What is done with a complete one. */
  interface Complete {
    void message(AMQP.BasicProperties properties, byte[] body);
  }

  /** The largest message that RabbitMQ has. */
  private static final long MAX_BODY = 512L << 20;

  private static final byte[] NOTHING = new byte[0];

  private @Nullable Complete complete;
  private AMQP.@Nullable BasicProperties properties;
  private byte[] body = NOTHING;
  private int length;

  /** A method has come that a message belongs to. */
  void begin(Complete whenComplete) {
    complete = whenComplete;
    properties = null;
  }

  /** Takes its header or a part of its body; false if none has begun. */
  boolean add(int type, FrameReader frame) throws IOException {
    if (complete == null) {
      return false;
    }
    if (type == FrameSocket.HEADER) {
      header(frame);
    } else if (properties == null) {
      throw new MalformedFrameException("a message has a body before its header");
    } else {
      length += frame.rest(body, length);
      endIfComplete(properties);
    }
    return true;
  }

  private void header(FrameReader frame) throws IOException {
    frame.unsignedShort(); // the class
    frame.unsignedShort(); // the weight, which is not used
    long size = frame.longLong();
    if (size < 0 || size > MAX_BODY) {
      throw new MalformedFrameException("a message of " + Long.toUnsignedString(size) + " bytes");
    }
    body = size == 0 ? NOTHING : new byte[(int) size];
    length = 0;
    AMQP.BasicProperties read = PropertiesReader.read(frame);
    properties = read;
    endIfComplete(read);
  }

  private void endIfComplete(AMQP.BasicProperties read) {
    Complete whole = complete;
    if (whole != null && length == body.length) {
      byte[] bytes = body;
      complete = null;
      properties = null;
      body = NOTHING;
      whole.message(read, bytes);
    }
  }
}
