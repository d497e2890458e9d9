/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.AMQBasicProperties;
import com.rabbitmq.client.impl.AMQImpl;
import io.taskwire.Priority;
import io.taskwire.spi.Submission;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of content on its way: it is written to a frame by the client, and read from it again. */
final class Wire {

  private static final int HEAD_OF_FRAME = 7;

  private Wire() {}

  static Delivery deliver(Content content) {
    return deliver(content.properties().build(), content.body(), false);
  }

  static Delivery deliver(AMQP.BasicProperties properties, byte[] body, boolean redelivered) {
    return new Delivery(new Envelope(7, redelivered, "", "orders"), read(properties), body);
  }

  /** A delivery of what has properties only. */
  static Delivery deliver(AMQP.BasicProperties.Builder properties, boolean redelivered) {
    return deliver(properties.build(), new byte[0], redelivered);
  }

  private static AMQP.BasicProperties read(AMQBasicProperties written) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      written.toFrame(1, 0).writeTo(new DataOutputStream(out));
      byte[] frame = out.toByteArray();
      return (AMQP.BasicProperties) AMQImpl.readContentHeaderFrom(new DataInputStream(
          new ByteArrayInputStream(Arrays.copyOfRange(frame, HEAD_OF_FRAME, frame.length))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Submission submission(boolean wantsResult, Map<String, String> headers) {
    return submission(wantsResult, Priority.NORMAL, Duration.ZERO, null, headers);
  }

  static Submission submission(
      boolean wantsResult,
      Priority priority,
      Duration delay,
      @Nullable Duration deadline,
      Map<String, String> headers) {
    return new Submission(
        "orders",
        Buffer.buffer("hi"),
        "msgpack",
        wantsResult,
        priority,
        delay,
        null,
        deadline,
        Duration.ofHours(1),
        headers);
  }
}
