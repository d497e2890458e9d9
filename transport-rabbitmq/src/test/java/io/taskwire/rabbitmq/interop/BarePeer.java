/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.interop;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import io.taskwire.tck.bed.Await;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;

/** Whoever is on the other side of the broker, with nothing but a client of AMQP. */
final class BarePeer implements AutoCloseable {

  private final Connection connection;
  private final Channel channel;

  BarePeer(int port) throws IOException, TimeoutException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(port);
    factory.setAutomaticRecoveryEnabled(false);
    connection = factory.newConnection();
    channel = connection.createChannel();
  }

  /** Declares the queue of a task as aioqueue's callers and workers do; fails if it is there and declared otherwise. */
  void declareTask(String task) throws IOException {
    channel.queueDeclare(task, true, false, false, null);
  }

  /** Declares a queue for replies as aioqueue's callers do. */
  String declareReplies() throws IOException {
    return channel.queueDeclare("", false, true, false, null).getQueue();
  }

  /** Takes what comes to a queue, acknowledged at once. */
  BlockingQueue<Delivery> consume(String queue) throws IOException {
    BlockingQueue<Delivery> seen = new LinkedBlockingQueue<>();
    channel.basicConsume(queue, true, (tag, delivery) -> seen.add(delivery), tag -> {});
    return seen;
  }

  void publish(String queue, AMQP.BasicProperties properties, byte[] body) throws IOException {
    channel.basicPublish("", queue, properties, body);
  }

  /** Answers a request as aioqueue's workers do. */
  void reply(Delivery request, byte[] body) throws IOException {
    AMQP.BasicProperties properties = request.getProperties();
    publish(
        properties.getReplyTo(),
        new AMQP.BasicProperties.Builder()
            .correlationId(properties.getCorrelationId())
            .build(),
        body);
  }

  static Delivery next(BlockingQueue<Delivery> queue) {
    return Await.next(queue);
  }

  /** How many messages wait in a queue that nobody has taken. */
  int waiting(String queue) throws IOException {
    return channel.queueDeclarePassive(queue).getMessageCount();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
