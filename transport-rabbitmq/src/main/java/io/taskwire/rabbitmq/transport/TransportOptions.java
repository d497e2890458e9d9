/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.spi.Option;
import io.taskwire.spi.Secret;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The options that only this transport reads. */
public final class TransportOptions {

  /** What the keys of these options begin with. */
  static final String PREFIX = "rabbitmq.";

  static final Option<Boolean> DURABLE = Option.flag(
      "durable",
      true,
      "Whether tasks' queues are declared durable; aioqueue's callers do so always, and no queue can be both.");

  static final Option<Integer> PREFETCH_COUNT = Option.integer(
          "prefetchCount",
          0,
          0,
          65_535,
          "How many tasks of one name the broker hands to a worker before it has settled one.")
      .defaultInWords("0: the handler's concurrency");

  static final Option<Integer> PREFETCH_SIZE = Option.size(
      "prefetchSize",
      0,
      0,
      Integer.MAX_VALUE,
      "How many bytes of tasks of one name the broker hands to a worker before it has settled one; 0 is no limit, and"
          + " RabbitMQ takes no other.");

  static final Option<QueueType> QUEUE_TYPE = Option.choice(
      "queueType",
      QueueType.CLASSIC,
      "As what tasks' queues are declared: classic, as aioqueue does, or quorum, which is replicated and counts deliveries.");

  static final Option<Integer> DELIVERY_LIMIT = Option.integer(
      "deliveryLimit",
      0,
      0,
      1_000_000,
      "How often the broker delivers a task again before it sets it aside; 0 is no limit, any other needs"
          + " queueType=quorum and a place for dead letters.");

  static final Option<String> DEAD_LETTER_EXCHANGE = Option.text(
      "deadLetterExchange",
      Pattern.compile(".{1,255}"),
      "the name of an exchange",
      "The exchange to which tasks go that are set aside; it is not declared, and where it is missing they are lost.");

  static final Option<Boolean> DEAD_LETTER_QUEUE = Option.flag(
      "deadLetterQueue",
      false,
      "Whether tasks that are set aside go to a durable queue, NAME.dead, which is declared with the task's own.");

  static final Option<Integer> MAX_PRIORITY = Option.integer(
      "maxPriority",
      0,
      0,
      255,
      "Declares tasks' queues with so many priorities, for which HIGH, NORMAL and LOW are the highest, half of it and 0;"
          + " 0 is none.");

  static final Option<Duration> MESSAGE_TTL = Option.durationOrOff(
      "messageTtl",
      Duration.ZERO,
      Duration.ofMillis(1),
      Duration.ofDays(49),
      "How long a task may wait in its queue before the broker drops it, or sets it aside where it has a place for dead"
          + " letters.");

  static final Option<DeclareMode> DECLARE = Option.choice(
      "declare",
      DeclareMode.ACTIVE,
      "Whether tasks' queues are declared, or only looked for, where somebody else makes them.");

  static final Option<Boolean> PERSISTENT_REPLIES = Option.flag(
      "persistentReplies",
      false,
      "Whether replies survive the broker's death between worker and caller, which costs more than half of the speed; those"
          + " of a caller with a clientId always do.");

  public static final Option<Duration> HEARTBEAT = Option.durationOrOff(
      "heartbeat",
      Duration.ofSeconds(60),
      Duration.ofSeconds(1),
      Duration.ofSeconds(65_535),
      "How long a connection may be silent, in whole seconds; the broker may ask for less.");

  public static final Option<String> USERNAME = Option.text(
          "username", "", "a user of the broker", "Who connects, where the URI does not say.")
      .defaultInWords("guest");

  public static final Option<Secret> PASSWORD =
      Option.secret("password", "The user's password, where the URI has none.");

  private TransportOptions() {}

  static List<Option<?>> all() {
    return List.of(
        DURABLE,
        PREFETCH_COUNT,
        PREFETCH_SIZE,
        QUEUE_TYPE,
        DELIVERY_LIMIT,
        DEAD_LETTER_EXCHANGE,
        DEAD_LETTER_QUEUE,
        MAX_PRIORITY,
        MESSAGE_TTL,
        DECLARE,
        PERSISTENT_REPLIES,
        HEARTBEAT,
        USERNAME,
        PASSWORD);
  }

  /** An option as it is written everywhere. */
  static String key(Option<?> option) {
    return PREFIX + option.key();
  }
}
