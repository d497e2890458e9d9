/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.concurrent.TimeoutException;

/** Persistent messages into a durable queue, each of which the broker confirms. */
final class AmqpPublisher {

  private final AmqpWindow window;
  private final BitSet confirmed = new BitSet();

  private AmqpPublisher(int window) {
    this.window = new AmqpWindow(window);
  }

  static Measurement run(Connection connection, String queue, int window, int count) {
    try (Channel channel = connection.createChannel()) {
      channel.queueDeclare(queue, true, false, false, null);
      return new AmqpPublisher(window).run(channel, queue, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private Measurement run(Channel channel, String queue, int count) throws IOException {
    channel.confirmSelect();
    channel.addConfirmListener(
        this::confirm,
        (tag, multiple) -> window.fail(new IllegalStateException("a message was refused")));
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder().deliveryMode(2).build();
    long start = System.nanoTime();
    for (int number = 0; number < count; number++) {
      window.take();
      byte[] payload = new byte[Payload.SIZE];
      Payload.write(payload, number);
      channel.basicPublish("", queue, properties, payload);
    }
    window.takeAll();
    return Measurement.withoutLatencies(count, System.nanoTime() - start);
  }

  /** Tags count from 1; the broker may confirm some ahead of those before them. */
  private void confirm(long tag, boolean multiple) {
    int last = (int) tag;
    int next = multiple ? confirmed.nextClearBit(1) : last;
    for (; next <= last; next = confirmed.nextClearBit(next)) {
      confirmed.set(next);
      window.free();
    }
  }
}
