/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.InvalidOptionException;
import io.taskwire.rabbitmq.codec.QueueNames;
import io.taskwire.spi.Option;
import io.taskwire.spi.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How tasks' queues are declared and consumed; contradictions are refused before anything is connected.
 *
 * @param durable whether they outlive the broker's restart
 * @param prefetchCount unsettled tasks a worker, 0 for its concurrency
 * @param prefetchSize bytes of them, 0 for no limit
 * @param type classic or quorum
 * @param deliveryLimit of quorum queues, 0 for none
 * @param deadLetterExchange where set-aside tasks go, empty for none
 * @param deadLetterQueue whether they go to a queue of the task's own
 * @param maxPriority 0 for no priorities
 * @param messageTtl zero for none
 * @param declare whether queues are made or only looked for
 */
record QueueSettings(
    boolean durable,
    int prefetchCount,
    int prefetchSize,
    QueueType type,
    int deliveryLimit,
    String deadLetterExchange,
    boolean deadLetterQueue,
    int maxPriority,
    Duration messageTtl,
    DeclareMode declare) {

  /**
   * Reads them.
   *
   * @throws InvalidOptionException if two of them contradict each other
   */
  static QueueSettings of(Settings settings) {
    QueueSettings queues = new QueueSettings(
        settings.get(TransportOptions.DURABLE),
        settings.get(TransportOptions.PREFETCH_COUNT),
        settings.get(TransportOptions.PREFETCH_SIZE),
        settings.get(TransportOptions.QUEUE_TYPE),
        settings.get(TransportOptions.DELIVERY_LIMIT),
        settings.get(TransportOptions.DEAD_LETTER_EXCHANGE),
        settings.get(TransportOptions.DEAD_LETTER_QUEUE),
        settings.get(TransportOptions.MAX_PRIORITY),
        settings.get(TransportOptions.MESSAGE_TTL),
        settings.get(TransportOptions.DECLARE));
    queues.check();
    return queues;
  }

  private void check() {
    boolean quorum = type == QueueType.QUORUM;
    if (quorum && !durable) {
      throw refuse(
          TransportOptions.DURABLE,
          durable,
          "quorum queues are always durable: leave it out, or rabbitmq.queueType=quorum");
    }
    if (quorum && maxPriority > 0) {
      throw refuse(
          TransportOptions.MAX_PRIORITY,
          maxPriority,
          "quorum queues have no priorities: leave it out, or rabbitmq.queueType=quorum");
    }
    if (maxPriority == 1) {
      throw refuse(
          TransportOptions.MAX_PRIORITY,
          maxPriority,
          "HIGH, NORMAL and LOW need three levels: write 2 or more");
    }
    if (!deadLetterExchange.isEmpty() && deadLetterQueue) {
      throw refuse(
          TransportOptions.DEAD_LETTER_QUEUE,
          true,
          "rabbitmq.deadLetterExchange=" + deadLetterExchange
              + " is set too, and a task is set aside in one place: keep one of them");
    }
    if (deliveryLimit > 0 && !quorum) {
      throw refuse(
          TransportOptions.DELIVERY_LIMIT,
          deliveryLimit,
          "only quorum queues count deliveries: add rabbitmq.queueType=quorum, or use maxAttempts");
    }
    if (deliveryLimit > 0 && !hasDeadLetters()) {
      throw refuse(
          TransportOptions.DELIVERY_LIMIT,
          deliveryLimit,
          "at the limit the broker would drop the task for good: add rabbitmq.deadLetterQueue=true, or"
              + " rabbitmq.deadLetterExchange");
    }
  }

  private static <T> InvalidOptionException refuse(Option<T> option, T value, String why) {
    String key = TransportOptions.key(option);
    return new InvalidOptionException(key, key + "=" + option.show(value) + ": " + why + ".", null);
  }

  /** Whether a rejected task is kept somewhere. */
  boolean hasDeadLetters() {
    return deadLetterQueue || !deadLetterExchange.isEmpty();
  }

  /** How many tasks a consumer holds at most. */
  int prefetch(int concurrency) {
    return prefetchCount == 0 ? Math.min(concurrency, 65_535) : prefetchCount;
  }

  /** How a task's queue is declared: by default as aioqueue does. */
  QueueDeclaration declaration(String taskName) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    if (type == QueueType.QUORUM) {
      arguments.put("x-queue-type", "quorum");
    }
    if (deliveryLimit > 0) {
      arguments.put("x-delivery-limit", deliveryLimit);
    }
    if (hasDeadLetters()) {
      arguments.put("x-dead-letter-exchange", deadLetterExchange);
    }
    if (deadLetterQueue) {
      arguments.put("x-dead-letter-routing-key", QueueNames.ofDead(taskName));
    }
    if (maxPriority > 0) {
      arguments.put("x-max-priority", maxPriority);
    }
    if (!messageTtl.isZero()) {
      arguments.put("x-message-ttl", messageTtl.toMillis());
    }
    return new QueueDeclaration(durable, false, false, arguments);
  }
}
