/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import com.rabbitmq.client.AMQP.Queue;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * How a queue is declared.
 *
 * @param durable whether it outlives the broker's restart
 * @param exclusive whether it belongs to one connection
 * @param autoDelete whether it ends with its last consumer
 * @param arguments RabbitMQ's, such as {@code x-max-priority}
 */
record QueueDeclaration(
    boolean durable, boolean exclusive, boolean autoDelete, Map<String, Object> arguments) {

  /** As aioqueue declares a task's queue. */
  static final QueueDeclaration PLAIN = durable(Map.of());

  QueueDeclaration {
    arguments = Map.copyOf(arguments);
  }

  static QueueDeclaration durable(Map<String, Object> arguments) {
    return new QueueDeclaration(true, false, false, arguments);
  }

  /** Declares a queue of this kind. */
  Queue.DeclareOk declare(Channel channel, String name) throws IOException {
    return channel.queueDeclare(name, durable, exclusive, autoDelete, arguments);
  }

  /** In RabbitMQ's words, in an order that does not change. */
  Map<String, String> fields() {
    Map<String, String> fields = new TreeMap<>();
    arguments.forEach((name, value) -> fields.put(name, String.valueOf(value)));
    fields.put("durable", Boolean.toString(durable));
    fields.put("exclusive", Boolean.toString(exclusive));
    fields.put("auto_delete", Boolean.toString(autoDelete));
    return fields;
  }

  @Override
  public String toString() {
    return show(fields());
  }

  static String show(Map<String, String> fields) {
    StringJoiner text = new StringJoiner(", ");
    fields.forEach((name, value) -> text.add(name + "=" + value));
    return text.toString();
  }
}
