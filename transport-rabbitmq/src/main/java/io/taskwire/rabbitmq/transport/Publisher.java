/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.rabbitmq.codec.Content;
import io.taskwire.rabbitmq.connection.BrokerRefusal;
import io.taskwire.rabbitmq.connection.Message;
import io.taskwire.rabbitmq.connection.PublishChannel;
import io.taskwire.rabbitmq.connection.PublishListener;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Publishes tasks and replies, and remembers how large a message the broker takes at most. */
final class Publisher {

  /** The exchange that routes by the names of queues. */
  private static final String DEFAULT_EXCHANGE = "";

  private static final String DEFAULT_EXCHANGE_IN_WORDS = "amq.default";

  private static final int ACCESS_REFUSED = 403;

  private static final Pattern TOO_LARGE =
      Pattern.compile("message size (\\d+) is larger than configured max size (\\d+)");

  private final RabbitmqTransport transport;
  private final PublishChannel channel;

  Publisher(RabbitmqTransport transport, PublishChannel channel) {
    this.transport = transport;
    this.channel = channel;
  }

  /** Whether the broker has said before that it takes no message of this size. */
  boolean isTooLarge(long bytes) {
    return bytes > transport.largestBody();
  }

  long largestBody() {
    return transport.largestBody();
  }

  /** Publishes what must not be lost because its queue is gone: a task. */
  void toQueue(String queue, Content content, PublishListener listener) {
    publish(DEFAULT_EXCHANGE, queue, content, listener);
  }

  void publish(String exchange, String routingKey, Content content, PublishListener listener) {
    channel.publish(
        new Message(exchange, routingKey, content.properties(), content.body(), true), listener);
  }

  /** Publishes what is confirmed also when nobody waits for it any more. */
  void reply(String queue, Content content, PublishListener listener) {
    channel.publish(
        new Message(DEFAULT_EXCHANGE, queue, content.properties(), content.body(), false),
        listener);
  }

  /** Whether this message was why the broker has closed the channel; if so, larger ones are not sent any more. */
  boolean wasTooLarge(Throwable cause, long bytes) {
    BrokerRefusal refusal = refusal(cause);
    if (refusal == null) {
      return false;
    }
    Matcher sizes = TOO_LARGE.matcher(refusal.text());
    if (!sizes.find()) {
      return false;
    }
    transport.bodiesAreAtMost(Long.parseLong(sizes.group(2)));
    return Long.parseLong(sizes.group(1)) == bytes;
  }

  /** Whether the broker has closed the channel because this user may not publish to an exchange. */
  static boolean wasForbidden(Throwable cause, String exchange) {
    BrokerRefusal refusal = refusal(cause);
    String named = exchange.isEmpty() ? DEFAULT_EXCHANGE_IN_WORDS : exchange;
    return refusal != null
        && refusal.code() == ACCESS_REFUSED
        && refusal.text().contains("exchange '" + named + "'");
  }

  private static @Nullable BrokerRefusal refusal(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof BrokerRefusal refusal) {
        return refusal;
      }
    }
    return null;
  }
}
