/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import java.time.Duration;
import java.util.Map;

/**
 * Where delayed tasks wait: for each delay a queue whose messages all have the same time to live, so that none waits behind
 * another, and a fanout exchange in front of it, so that a message keeps its task's name as routing key. When its time is
 * over, the broker hands it to the default exchange. To keep them few, delays are rounded up to two significant digits.
 *
 * @param millis the delay after rounding
 */
public record DelayQueue(long millis) {

  /** RabbitMQ takes times to live below 2^32 ms, and the queue has to outlive its messages. */
  public static final Duration MAX_DELAY = Duration.ofDays(24);

  private static final long OUTLIVES_MILLIS = Duration.ofMinutes(10).toMillis();

  /**
   * The queue of a delay.
   *
   * @param delay more than zero
   * @return its queue
   * @throws IllegalArgumentException if it is longer than {@link #MAX_DELAY}
   */
  public static DelayQueue of(Duration delay) {
    if (delay.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException("a task on RabbitMQ is delayed by at most "
          + MAX_DELAY.toDays() + " days, not by " + delay);
    }
    long millis = Math.max(1, delay.plusNanos(999_999).toMillis());
    long step = 1;
    while (millis / step >= 100) {
      step *= 10;
    }
    return new DelayQueue((millis + step - 1) / step * step);
  }

  /**
   * Names the queue and its exchange.
   *
   * @return the name of both
   */
  public String name() {
    return QueueNames.DELAY + millis;
  }

  /**
   * How the queue is declared, durable.
   *
   * @return its arguments
   */
  public Map<String, Object> arguments() {
    return Map.of(
        "x-message-ttl",
        millis,
        "x-dead-letter-exchange",
        "",
        "x-expires",
        2 * millis + OUTLIVES_MILLIS);
  }
}
