/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What RabbitMQ says with PRECONDITION_FAILED of a queue that was declared otherwise before. It names the first difference
 * it finds, and no more.
 *
 * @param queue the queue's name
 * @param virtualHost where it is
 * @param field what differs: {@code durable}, {@code auto_delete}, or an argument
 * @param declared its value in the new declaration, {@code none} for none
 * @param current its value at the broker, {@code none} for none
 */
record QueueMismatch(
    String queue, String virtualHost, String field, String declared, String current) {

  private static final String VALUE = "(?:the value )?(none|'[^']*'|[^' ]+)(?: of type '[^']*')?";

  private static final Pattern TEXT = Pattern.compile(
      "inequivalent arg '([^']+)' for queue '(.*)' in vhost '(.*)': received " + VALUE
          + " but current is " + VALUE,
      Pattern.DOTALL);

  private static final Map<String, String> OPTIONS = Map.of(
      "durable", "durable",
      "x-queue-type", "queueType",
      "x-delivery-limit", "deliveryLimit",
      "x-dead-letter-exchange", "deadLetterExchange or rabbitmq.deadLetterQueue",
      "x-dead-letter-routing-key", "deadLetterQueue",
      "x-max-priority", "maxPriority",
      "x-message-ttl", "messageTtl");

  /** Reads the broker's text; null if it is another one. */
  static @Nullable QueueMismatch parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.find()
        ? new QueueMismatch(
            matcher.group(2),
            matcher.group(3),
            matcher.group(1),
            unquoted(matcher.group(4)),
            unquoted(matcher.group(5)))
        : null;
  }

  private static String unquoted(String value) {
    return value.startsWith("'") ? value.substring(1, value.length() - 1) : value;
  }

  /** Both declarations, and what to do. */
  String explain(QueueDeclaration ours) {
    Map<String, String> theirs = ours.fields();
    if (current.equals("none")) {
      theirs.remove(field);
    } else {
      theirs.put(field, current);
    }
    String option = OPTIONS.get(field);
    return "queue '" + queue + "' of virtual host '" + virtualHost
        + "' is there already and declared otherwise, with " + field + "=" + current
        + ". Here: " + ours + ". There, as far as RabbitMQ tells: " + QueueDeclaration.show(theirs)
        + ". "
        + (option == null ? "Declare" : "Change " + TransportOptions.PREFIX + option + ", declare")
        + " it alike everywhere, take it as it is with rabbitmq.declare=passive, or delete it.";
  }
}
