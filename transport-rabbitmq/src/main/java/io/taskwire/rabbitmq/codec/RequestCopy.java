/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request sent again for another attempt. What the broker wrote into it stays behind, and what it would obey a second
 * time: the expiration, the user id, and headers by which it routes.
 */
public final class RequestCopy {

  private RequestCopy() {}

  /**
   * Copies a request.
   *
   * @param message as delivered
   * @param attempt which attempt the copy is
   * @return its content
   */
  public static Content of(Delivery message, int attempt) {
    AMQP.BasicProperties from = message.getProperties();
    Map<String, Object> headers = new LinkedHashMap<>();
    if (from.getHeaders() != null) {
      headers.putAll(from.getHeaders());
      headers.keySet().removeIf(HeaderTable::isBrokers);
    }
    headers.put(HeaderTable.OWN + OwnHeaders.ATTEMPT, Integer.toString(attempt));
    return new Content(
        from.builder()
            .headers(headers)
            .expiration(null)
            .userId(null)
            .clusterId(null)
            .messageId(null),
        message.getBody());
  }
}
