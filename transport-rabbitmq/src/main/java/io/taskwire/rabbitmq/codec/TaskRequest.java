/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import io.taskwire.spi.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a worker reads of a request beside its payload. Nothing in it is required: aioqueue's has neither mark nor headers,
 * other programs' may have no correlation id.
 *
 * @param id what identifies the task in this process: the correlation id, else the message id, else the number of the delivery
 * @param correlationId what its replies have to carry, null for none
 * @param replyTo the queue of its replies, null if none is wanted
 * @param marked whether its caller understands reports, and failures in headers
 * @param keep whether its replies must survive a restart of the broker
 * @param attempt how often it has been delivered, this time included; at least that often where the broker only tells that it was
 * @param headers under the names of {@link Headers}
 */
public record TaskRequest(
    String id,
    @Nullable String correlationId,
    @Nullable String replyTo,
    boolean marked,
    boolean keep,
    OptionalInt attempt,
    Map<String, String> headers) {

  /** RabbitMQ's, on quorum queues: how often the message was delivered before. */
  private static final String DELIVERY_COUNT = "x-delivery-count";

  /**
   * Reads a request.
   *
   * @param message as delivered
   * @return what it says; never fails
   */
  public static TaskRequest decode(Delivery message) {
    AMQP.BasicProperties properties = message.getProperties();
    Map<String, String> headers = HeaderTable.decode(properties.getHeaders());
    int attempt = attempt(message, headers);
    boolean keep = OwnHeaders.YES.equals(headers.get(OwnHeaders.KEEP));
    String serializer = ContentTypes.serializer(properties);
    if (serializer != null) {
      headers = headers.isEmpty() ? new LinkedHashMap<>() : headers;
      headers.put(Headers.SERIALIZER, serializer);
    }
    return new TaskRequest(
        id(message),
        properties.getCorrelationId(),
        empty(properties.getReplyTo()) ? null : properties.getReplyTo(),
        OwnHeaders.APP_ID.equals(properties.getAppId()),
        keep,
        OptionalInt.of(attempt),
        headers);
  }

  /**
   * Tells whether the caller is to be told that a worker has begun.
   *
   * @return true if it gives up at a deadline otherwise
   */
  public boolean wantsStart() {
    return marked && replyTo != null && headers.containsKey(Headers.DEADLINE);
  }

  private static String id(Delivery message) {
    AMQP.BasicProperties properties = message.getProperties();
    if (!empty(properties.getCorrelationId())) {
      return properties.getCorrelationId();
    }
    return empty(properties.getMessageId())
        ? "delivery-" + message.getEnvelope().getDeliveryTag()
        : properties.getMessageId();
  }

  private static boolean empty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  private static int attempt(Delivery message, Map<String, String> headers) {
    long before = number(headers.get(OwnHeaders.ATTEMPT), 1) - 1;
    Map<String, Object> table = message.getProperties().getHeaders();
    if (table != null && table.get(DELIVERY_COUNT) instanceof Number count) {
      before += Math.max(0, Math.min(Integer.MAX_VALUE, count.longValue()));
    } else if (message.getEnvelope().isRedeliver()) {
      before++;
    }
    return (int) Math.min(Integer.MAX_VALUE, before + 1);
  }

  /** A number from 1 on; a foreign header that is none must not stop a task. */
  private static long number(@Nullable String text, long otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      return Math.max(1, Math.min(Integer.MAX_VALUE, Long.parseLong(text)));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
