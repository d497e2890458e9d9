/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/** Remote calls: persistent requests, and replies to a queue that is exclusive to the caller, taken unacknowledged. */
final class AmqpRpc {

  private final Channel channel;
  private final String queue;
  private final String replyQueue;
  private final AmqpWindow window;
  private final int size;
  private final Map<String, Long> unanswered = new ConcurrentHashMap<>();

  private AmqpRpc(Channel channel, String queue, int window, int size) throws IOException {
    this.channel = channel;
    this.queue = queue;
    this.window = new AmqpWindow(window);
    this.size = size;
    replyQueue = channel.queueDeclare().getQueue();
    channel.basicConsume(replyQueue, true, (tag, reply) -> answered(reply), tag -> {});
  }

  static Measurement run(
      Connection connection, String queue, int window, int size, Duration length) {
    try (Channel channel = connection.createChannel()) {
      return new AmqpRpc(channel, queue, window, size).run(length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answered(Delivery reply) {
    try {
      Long asked = unanswered.remove(reply.getProperties().getCorrelationId());
      if (asked == null) {
        throw new IllegalStateException("a reply that nobody waits for");
      }
      Payload.check(reply.getBody(), asked, size);
    } catch (RuntimeException e) {
      window.fail(e);
    }
    window.free();
  }

  private Measurement run(Duration length) throws IOException {
    long start = System.nanoTime();
    long sent = 0;
    for (; System.nanoTime() - start < length.toNanos(); sent++) {
      window.take();
      String correlation = Long.toString(sent);
      unanswered.put(correlation, sent);
      AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
          .deliveryMode(2)
          .replyTo(replyQueue)
          .correlationId(correlation)
          .build();
      byte[] payload = new byte[size];
      Payload.write(payload, sent);
      channel.basicPublish("", queue, properties, payload);
    }
    window.takeAll();
    return Measurement.withoutLatencies(sent, System.nanoTime() - start);
  }
}
