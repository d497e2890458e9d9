/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The workers' side of the bare client: a reply, and then the acknowledgement, without waiting for anything. */
final class AmqpWorker {

  private static final int LIMIT_SECONDS = 60;

  private AmqpWorker() {}

  /** Answers each request with its own body, until the connection ends. */
  static void serve(Connection connection, String queue, int prefetch) {
    try {
      Channel channel = connection.createChannel();
      channel.queueDeclare(queue, true, false, false, null);
      channel.basicQos(prefetch);
      channel.basicConsume(queue, false, (tag, request) -> answer(channel, request), tag -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(Channel channel, Delivery request) throws IOException {
    Payload.check(
        request.getBody()); // if it fails, the client closes the channel, and callers wait in vain
    AMQP.BasicProperties reply = new AMQP.BasicProperties.Builder()
        .correlationId(request.getProperties().getCorrelationId())
        .build();
    channel.basicPublish("", request.getProperties().getReplyTo(), reply, request.getBody());
    channel.basicAck(request.getEnvelope().getDeliveryTag(), false);
  }

  /** Takes and acknowledges each number below count once. */
  static Measurement drain(Connection connection, String queue, int prefetch, int count) {
    Backlog backlog = new Backlog(count);
    try (Channel channel = connection.createChannel()) {
      channel.basicQos(prefetch);
      String consumer = channel.basicConsume(
          queue,
          false,
          (tag, message) -> {
            backlog.take(Payload.check(message.getBody()));
            channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
            backlog.settled();
          },
          tag -> {});
      long first = backlog.empty.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      channel.basicCancel(consumer); // its answer proves that the acknowledgements have come before
      long nanos = System.nanoTime() - first;
      channel.queueDelete(queue);
      return Measurement.withoutLatencies(count, nanos);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Which numbers have come; belongs to the consumer's thread, but for the future. */
  private static final class Backlog {

    private final CompletableFuture<Long> empty = new CompletableFuture<>();
    private final int count;
    private final BitSet seen;
    private long first;
    private int taken;

    Backlog(int count) {
      this.count = count;
      this.seen = new BitSet(count);
    }

    void take(long number) {
      if (number >= count || seen.get((int) number)) {
        empty.completeExceptionally(new IllegalStateException("message " + number + " came twice"));
        return;
      }
      seen.set((int) number);
      if (taken++ == 0) {
        first = System.nanoTime();
      }
    }

    void settled() {
      if (taken == count) {
        empty.complete(first);
      }
    }
  }
}
