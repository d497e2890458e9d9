/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what cannot be written at all, before it ends a channel. */
final class MessageCheck {

  /** A short string has at most 255 bytes: AMQP 0-9-1, section 4.2.5.3. */
  private static final int LONGEST_SHORT_STRING = 255;

  /** No character of Java's needs more bytes of UTF-8. */
  private static final int MOST_BYTES_A_CHAR = 3;

  /** For all that stands in a header frame besides the table: ten short strings and some numbers. */
  private static final int REST_OF_HEADER_FRAME = 4096;

  private MessageCheck() {}

  /** What is wrong with a message, null if nothing is. */
  static @Nullable IllegalArgumentException refuse(
      Message message, AMQP.BasicProperties properties, int maxFrame) {
    String tooLong = tooLong(
        message.exchange(),
        message.routingKey(),
        properties.getReplyTo(),
        properties.getCorrelationId(),
        properties.getContentType(),
        properties.getContentEncoding(),
        properties.getExpiration(),
        properties.getType(),
        properties.getAppId(),
        properties.getUserId());
    if (tooLong != null) {
      return new IllegalArgumentException(
          "longer than the 255 bytes that AMQP has for it: " + tooLong);
    }
    Map<String, Object> headers = properties.getHeaders();
    return headers == null ? null : refuse(headers, maxFrame);
  }

  private static @Nullable IllegalArgumentException refuse(
      Map<String, Object> headers, int maxFrame) {
    try {
      String tooLong = tooLong(headers.keySet().toArray(String[]::new));
      if (tooLong != null) {
        return new IllegalArgumentException("a header's name is too long: " + tooLong);
      }
      long size = Frame.tableSize(headers);
      return maxFrame > 0 && size > maxFrame - REST_OF_HEADER_FRAME
          ? new IllegalArgumentException("headers of " + size
              + " bytes are too large for a frame of RabbitMQ, which has " + maxFrame + " bytes")
          : null;
    } catch (UnsupportedEncodingException | IllegalArgumentException e) {
      return new IllegalArgumentException("headers that AMQP cannot express: " + e, e);
    }
  }

  private static @Nullable String tooLong(@Nullable String... texts) {
    for (String text : texts) {
      if (text != null
          && text.length() > LONGEST_SHORT_STRING / MOST_BYTES_A_CHAR
          && text.getBytes(StandardCharsets.UTF_8).length > LONGEST_SHORT_STRING) {
        return text;
      }
    }
    return null;
  }
}
