/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Delivery;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.tck.bed.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumeChannelTest extends OnBroker {

  /** More than fits into the buffers of two sockets. */
  private static final int LARGE = 400;

  private AmqpConnection connection;
  private PublishChannel publisher;
  private String queue;

  @BeforeEach
  void open() {
    connection = loop.open(broker.port());
    publisher = loop.publisher(connection);
    queue = loop.queue(connection);
  }

  private void publish(int count) {
    Published published = new Published();
    loop.run(() -> {
      for (int i = 0; i < count; i++) {
        publisher.publish(OnLoop.message(queue, (byte) i), published);
      }
    });
    for (int i = 0; i < count; i++) {
      assertThat(published.next()).isEqualTo("confirmed");
    }
  }

  private static long tag(Delivery delivery) {
    return delivery.getEnvelope().getDeliveryTag();
  }

  @Test
  void acknowledged_deliveries_are_gone_and_others_come_back() {
    publish(3);
    ConsumeChannel consumer = loop.consumer(connection);
    Received received = new Received();
    loop.await(() -> consumer.consume(queue, received));
    Delivery first = received.next();
    received.next();
    received.next();
    loop.run(() -> consumer.ack(tag(first)));
    loop.await(consumer::close);
    assertThat(loop.depth(connection, queue)).isEqualTo(2);
    assertThat(Await.value(consumer.closed())).hasMessageContaining("closed by this side");
  }

  @Test
  void many_are_acknowledged_at_once() {
    publish(10);
    ConsumeChannel consumer = loop.consumer(connection);
    Received received = new Received();
    loop.await(() -> consumer.consume(queue, received));
    List<Delivery> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(received.next());
    }
    loop.run(() -> all.stream()
        .filter(delivery -> tag(delivery) % 5 != 3)
        .forEach(delivery -> consumer.ack(tag(delivery))));
    loop.run(() -> consumer.nack(3, true));
    assertThat(received.next().getEnvelope().isRedeliver()).isTrue();
    loop.await(consumer::close);
    assertThat(loop.depth(connection, queue)).isEqualTo(2);
  }

  @Test
  void delivery_given_back_is_delivered_again() {
    publish(1);
    ConsumeChannel consumer = loop.consumer(connection);
    Received received = new Received();
    loop.await(() -> consumer.consume(queue, received));
    Delivery first = received.next();
    assertThat(first.getEnvelope().isRedeliver()).isFalse();
    loop.run(() -> consumer.nack(tag(first), true));
    Delivery again = received.next();
    assertThat(again.getEnvelope().isRedeliver()).isTrue();
  }

  @Test
  void rejected_delivery_goes_to_the_dead_letters() {
    String letters = queue;
    queue = loop.await(() -> connection.ask(channel -> channel
        .queueDeclare(
            letters + ".source",
            true,
            false,
            false,
            Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", letters))
        .getQueue()));
    publish(1);
    ConsumeChannel consumer = loop.consumer(connection);
    Received received = new Received();
    loop.await(() -> consumer.consume(queue, received));
    Delivery delivery = received.next();
    loop.run(() -> consumer.reject(tag(delivery)));
    Await.until("it is dead-lettered", () -> loop.depth(connection, letters) == 1);
  }

  @Test
  void no_more_is_delivered_than_the_prefetch_count_allows() {
    publish(5);
    ConsumeChannel consumer = loop.await(() -> connection.openConsumer(0, 2));
    Received received = new Received();
    loop.await(() -> consumer.consume(queue, received));
    Delivery first = received.next();
    received.next();
    // The broker answers in order: what it had to deliver has come before the answer.
    assertThat(loop.depth(connection, queue)).isEqualTo(3);
    assertThat(received.deliveries).isEmpty();
    loop.run(() -> consumer.ack(tag(first)));
    received.next();
  }

  @Test
  void cancel_completes_behind_all_that_was_delivered() {
    publish(500);
    ConsumeChannel consumer = loop.consumer(connection);
    Received received = new Received();
    loop.await(() -> consumer.consume(queue, received));
    loop.await(consumer::cancel);
    int handed = received.deliveries.size();
    publish(1);
    loop.await(consumer::close);
    assertThat(received.deliveries).hasSize(handed);
    assertThat(received.ends).isEmpty();
    assertThat(loop.depth(connection, queue)).isEqualTo(501);
  }

  @Test
  void deleted_queue_cancels_its_consumer_and_spares_the_channel() {
    ConsumeChannel consumer = loop.consumer(connection);
    Received received = new Received();
    loop.await(() -> consumer.consume(queue, received));
    loop.await(() -> connection.ask(channel -> channel.queueDelete(queue)));
    assertThat(Await.next(received.ends)).isEqualTo("cancelled");
    assertThat(consumer.closed().isComplete()).isFalse();
    loop.await(consumer::close);
  }

  @Test
  void missing_queue_is_refused() {
    ConsumeChannel consumer = loop.consumer(connection);
    Throwable failure = loop.failure(() -> consumer.consume("no.such.queue", new Received()));
    assertThat(failure)
        .isInstanceOfSatisfying(
            BrokerRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo(404));
    assertThat(Await.value(consumer.closed())).isInstanceOf(BrokerRefusal.class);
    assertThat(connection.closed().isComplete()).isFalse();
  }

  @Test
  void unknown_tag_closes_its_channel_alone() {
    ConsumeChannel consumer = loop.consumer(connection);
    ConsumeChannel other = loop.consumer(connection);
    Received received = new Received();
    loop.await(() -> consumer.consume(queue, new Received()));
    loop.await(() -> other.consume(queue, received));
    loop.run(() -> consumer.ack(4711));
    assertThat(Await.value(consumer.closed()))
        .isInstanceOfSatisfying(BrokerRefusal.class, refusal -> {
          assertThat(refusal.code()).isEqualTo(406);
          assertThat(refusal.text()).contains("unknown delivery tag 4711");
        });
    loop.run(() -> consumer.ack(1));
    loop.await(consumer::close);
    publish(1);
    received.next();
    assertThat(connection.closed().isComplete()).isFalse();
  }

  @Test
  void busy_event_loop_leaves_deliveries_at_the_broker() throws Exception {
    Published published = new Published();
    loop.run(() -> {
      for (int i = 0; i < LARGE; i++) {
        byte[] body = new byte[100_000];
        body[0] = (byte) i;
        publisher.publish(OnLoop.message(queue, body), published);
      }
    });
    for (int i = 0; i < LARGE; i++) {
      assertThat(published.next()).isEqualTo("confirmed");
    }
    ConsumeChannel consumer = loop.consumer(connection);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Received received = new Received();
    loop.context().runOnContext(v -> {
      consumer.consume(queue, received);
      connection.output().whenWritten(() -> {
        busy.countDown();
        try {
          go.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
    });
    busy.await();
    try (OnLoop other = new OnLoop()) {
      AmqpConnection asking = other.open(broker.port());
      Await.until("the broker delivers", () -> other.depth(asking, queue) < LARGE);
      assertThat(Await.within(Duration.ofSeconds(1), () -> other.depth(asking, queue) == 0))
          .isFalse();
    } finally {
      go.countDown();
    }
    for (int i = 0; i < LARGE; i++) {
      assertThat(received.next().getBody()).startsWith((byte) i).hasSize(100_000);
    }
  }

  @Test
  void end_of_the_connection_ends_the_channel() {
    ConsumeChannel consumer = loop.consumer(connection);
    loop.await(() -> consumer.consume(queue, new Received()));
    loop.await(connection::close);
    assertThat(Await.value(consumer.closed())).isInstanceOf(BrokerConnectException.class);
    loop.await(consumer::close);
    loop.await(consumer::cancel);
  }
}
