/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import com.rabbitmq.client.AMQP;
import io.taskwire.Priority;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Submission;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes requests of one session. A task for which nothing is asked has what aioqueue sends, {@code delivery_mode},
 * {@code reply_to} and {@code correlation_id}, and beside it only the mark.
 */
public final class RequestEncoder {

  /** RabbitMQ takes times to live below 2^32 ms. */
  public static final Duration MAX_DEADLINE = Duration.ofDays(49);

  private static final int PERSISTENT = 2;

  private final String replyQueue;
  private final boolean keepsReplies;
  private final int maxPriority;

  /**
   * Creates it.
   *
   * @param replyQueue where replies go
   * @param keepsReplies whether they must survive a restart of the broker
   * @param maxPriority of the tasks' queues, 0 if they have no priorities
   */
  public RequestEncoder(String replyQueue, boolean keepsReplies, int maxPriority) {
    this.replyQueue = replyQueue;
    this.keepsReplies = keepsReplies;
    this.maxPriority = maxPriority;
  }

  /**
   * Writes a request; one with a deadline must not be delayed, or the delay's queue would obey its expiration.
   *
   * @param task the task
   * @param id its id
   * @return its properties and its body, the payload as it is
   * @throws IllegalArgumentException if AMQP can't carry a header of it, or its deadline
   */
  public Content encode(Submission task, String id) {
    AMQP.BasicProperties.Builder properties = new AMQP.BasicProperties.Builder()
        .deliveryMode(PERSISTENT)
        .correlationId(id)
        .appId(OwnHeaders.APP_ID);
    if (task.wantsResult()) {
      properties.replyTo(replyQueue);
    }
    String serializer = task.headers().get(Headers.SERIALIZER);
    if (serializer != null) {
      properties.contentType(ContentTypes.of(serializer));
    }
    if (maxPriority > 0) {
      properties.priority(priority(task.priority()));
    }
    Duration deadline = task.deadline();
    if (deadline != null) {
      properties.expiration(Long.toString(millis(deadline)));
    }
    return new Content(
        properties.headers(HeaderTable.encode(headers(task))), task.payload().getBytes());
  }

  private Map<String, String> headers(Submission task) {
    boolean keep = keepsReplies && task.wantsResult();
    Duration deadline = task.deadline();
    if (!keep && deadline == null) {
      return task.headers();
    }
    Map<String, String> headers = new LinkedHashMap<>(task.headers());
    if (deadline != null) {
      headers.put(Headers.DEADLINE, Long.toString(millis(deadline)));
    }
    if (keep) {
      headers.put(OwnHeaders.KEEP, OwnHeaders.YES);
    }
    return headers;
  }

  private static long millis(Duration deadline) {
    if (deadline.compareTo(MAX_DEADLINE) > 0) {
      throw new IllegalArgumentException("a deadline on RabbitMQ is at most "
          + MAX_DEADLINE.toDays() + " days away, not " + deadline);
    }
    return Math.max(1, deadline.toMillis());
  }

  /** A message without priority, as other programs send it, has that of low. */
  private int priority(Priority priority) {
    return switch (priority) {
      case HIGH -> maxPriority;
      case NORMAL -> maxPriority / 2;
      case LOW -> 0;
    };
  }
}
