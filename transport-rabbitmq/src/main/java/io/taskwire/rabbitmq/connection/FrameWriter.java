/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the frames of the methods that come for each task: AMQP 0-9-1, section 4.2.3. On the event loop. */
final class FrameWriter {

  private static final int METHOD = 1;
  private static final int BODY = 3;
  private static final int FRAME_END = 0xce;

  private static final int HEAD = 7;
  private static final int BESIDE_PAYLOAD = HEAD + 1;
  private static final int MOST_OF_SHORT_STRING = 256;

  /** All texts of a header without a table, and what else is in it. */
  private static final int MOST_OF_HEADER = 7 * MOST_OF_SHORT_STRING;

  private static final int MANDATORY = 1;
  private static final int MULTIPLE = 1;
  private static final int REQUEUE = 2;

  /** RabbitMQ's default, for a broker that names no limit. */
  private static final int USUAL_FRAME = 128 << 10;

  private final Output output;
  private final int largestBody;

  private byte[] bytes = new byte[0];
  private int at;
  private int frame;

  /** The largest frame is what both sides have agreed on, 0 for no limit. */
  FrameWriter(Output output, int largestFrame) {
    this.output = output;
    this.largestBody = (largestFrame == 0 ? USUAL_FRAME : largestFrame) - BESIDE_PAYLOAD;
  }

  /** Writes a message. */
  void publish(int channel, Message message, AMQP.BasicProperties properties) {
    begin(METHOD, channel, 3 * MOST_OF_SHORT_STRING);
    method(Methods.PUBLISH);
    unsignedShort(0);
    shortString(message.exchange());
    shortString(message.routingKey());
    octet(message.isMandatory() ? MANDATORY : 0);
    end();
    byte[] body = message.body();
    header(channel, properties, body.length);
    for (int from = 0; from < body.length; from += largestBody) {
      int length = Math.min(largestBody, body.length - from);
      begin(BODY, channel, length);
      System.arraycopy(body, from, bytes, at, length);
      at += length;
      end();
    }
  }

  private void header(int channel, AMQP.BasicProperties properties, int size) {
    Map<String, Object> headers = properties.getHeaders();
    if (headers != null
        || properties.getContentEncoding() != null
        || properties.getTimestamp() != null
        || properties.getType() != null
        || properties.getUserId() != null
        || properties.getClusterId() != null) {
      frame(toFrame(channel, properties, size));
      return;
    }
    begin(FrameSocket.HEADER, channel, MOST_OF_HEADER);
    unsignedShort(Methods.BASIC);
    unsignedShort(0);
    number(size, Long.BYTES);
    int flags = at;
    at += 2;
    int present = text(PropertiesReader.CONTENT_TYPE, properties.getContentType());
    present |= octet(PropertiesReader.DELIVERY_MODE, properties.getDeliveryMode());
    present |= octet(PropertiesReader.PRIORITY, properties.getPriority());
    present |= text(PropertiesReader.CORRELATION_ID, properties.getCorrelationId());
    present |= text(PropertiesReader.REPLY_TO, properties.getReplyTo());
    present |= text(PropertiesReader.EXPIRATION, properties.getExpiration());
    present |= text(PropertiesReader.MESSAGE_ID, properties.getMessageId());
    present |= text(PropertiesReader.APP_ID, properties.getAppId());
    bytes[flags] = (byte) (present >> 8);
    bytes[flags + 1] = (byte) present;
    end();
  }

  private static Frame toFrame(int channel, AMQP.BasicProperties properties, int size) {
    try {
      return properties.toFrame(channel, size);
    } catch (IOException e) {
      throw new UncheckedIOException("properties that AMQP cannot express were not refused", e);
    }
  }

  private int text(int flag, @Nullable String text) {
    if (text == null) {
      return 0;
    }
    shortString(text);
    return flag;
  }

  private int octet(int flag, @Nullable Integer value) {
    if (value == null) {
      return 0;
    }
    octet(value);
    return flag;
  }

  void ack(int channel, long tag, boolean multiple) {
    settle(Methods.ACK, channel, tag, multiple ? MULTIPLE : 0);
  }

  void nack(int channel, long tag, boolean requeue) {
    settle(Methods.NACK, channel, tag, requeue ? REQUEUE : 0);
  }

  void reject(int channel, long tag) {
    settle(Methods.REJECT, channel, tag, 0);
  }

  private void settle(int method, int channel, long tag, int bits) {
    begin(METHOD, channel, Long.BYTES + 8);
    method(method);
    number(tag, Long.BYTES);
    octet(bits);
    end();
  }

  /** Begins to consume with acknowledgements; the broker makes the consumer's tag. */
  void consume(int channel, String queue) {
    begin(METHOD, channel, 2 * MOST_OF_SHORT_STRING);
    method(Methods.CONSUME);
    unsignedShort(0);
    shortString(queue);
    shortString("");
    octet(0);
    number(0, Integer.BYTES); // no arguments
    end();
  }

  void cancel(int channel, String consumerTag) {
    begin(METHOD, channel, 2 * MOST_OF_SHORT_STRING);
    method(Methods.CANCEL);
    shortString(consumerTag);
    octet(0);
    end();
  }

  /** Writes one of amqp-client's. */
  void frame(Frame made) {
    byte[] payload = made.getPayload();
    begin(made.getType(), made.getChannel(), payload.length);
    System.arraycopy(payload, 0, bytes, at, payload.length);
    at += payload.length;
    end();
  }

  private void begin(int type, int channel, int mostPayload) {
    bytes = output.room(BESIDE_PAYLOAD + mostPayload);
    frame = output.position();
    at = frame;
    octet(type);
    unsignedShort(channel);
    at += Integer.BYTES;
  }

  private void end() {
    int length = at - frame - HEAD;
    int next = at;
    at = frame + HEAD - Integer.BYTES;
    number(length, Integer.BYTES);
    at = next;
    octet(FRAME_END);
    output.written(at);
  }

  private void method(int method) {
    unsignedShort(Methods.classId(method));
    unsignedShort(Methods.methodId(method));
  }

  private void octet(int value) {
    bytes[at++] = (byte) value;
  }

  private void unsignedShort(int value) {
    bytes[at++] = (byte) (value >> 8);
    bytes[at++] = (byte) value;
  }

  private void number(long value, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      bytes[at++] = (byte) (value >> shift);
    }
  }

  /** At most 255 bytes, which was checked before. */
  private void shortString(String text) {
    int length = text.length();
    int start = at + 1;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, bytes, start, utf8.length);
        length = utf8.length;
        break;
      }
      bytes[start + i] = (byte) c;
    }
    bytes[at] = (byte) length;
    at = start + length;
  }
}
