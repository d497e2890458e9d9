/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.impl.LongStringHelper;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.proxy.Direction;
import io.taskwire.tck.proxy.TcpProxy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishChannelTest extends OnBroker {

  /** More of 100 kB than the buffers of two sockets hold. */
  private static final int MANY_LARGE = 400;

  private AmqpConnection connection;
  private PublishChannel publisher;

  @BeforeEach
  void open() {
    connection = loop.open(broker.port());
    publisher = loop.publisher(connection);
  }

  private Published publish(Message message) {
    Published published = new Published();
    loop.run(() -> publisher.publish(message, published));
    return published;
  }

  @Test
  void message_is_confirmed_when_the_broker_has_it() {
    String queue = loop.queue(connection);
    Published published = publish(OnLoop.message(queue, (byte) 1));
    assertThat(published.next()).isEqualTo("confirmed");
    assertThat(loop.get(publisher::unconfirmed)).isZero();
    assertThat(loop.depth(connection, queue)).isEqualTo(1);
  }

  @Test
  void unroutable_message_is_returned_and_not_confirmed_too() {
    String queue = loop.queue(connection);
    Published nowhere = publish(OnLoop.message("no.such.queue"));
    Published later = publish(OnLoop.message(queue));
    assertThat(nowhere.next()).isEqualTo("returned 312 NO_ROUTE");
    assertThat(later.next()).isEqualTo("confirmed");
    assertThat(nowhere.events).isEmpty();
    assertThat(loop.get(publisher::unconfirmed)).isZero();
  }

  @Test
  void unroutable_message_is_confirmed_where_nobody_minds() {
    Message message =
        new Message("", "no.such.queue", new AMQP.BasicProperties.Builder(), new byte[0], false);
    Published nowhere = publish(message);
    assertThat(nowhere.next()).isEqualTo("confirmed");
    assertThat(publish(OnLoop.message(loop.queue(connection))).next()).isEqualTo("confirmed");
    assertThat(nowhere.events).isEmpty();
  }

  static Stream<AMQP.BasicProperties.Builder> properties() {
    AMQP.BasicProperties.Builder all = new AMQP.BasicProperties.Builder()
        .contentType("application/json")
        .deliveryMode(2)
        .priority(200)
        .correlationId("Käse ".repeat(20))
        .replyTo("a queue")
        .expiration("60000")
        .appId("taskwire");
    return Stream.of(
        new AMQP.BasicProperties.Builder(),
        all,
        all.build().builder().headers(Map.of("text", LongStringHelper.asLongString("ü"), "n", 7)),
        all.build()
            .builder()
            .contentEncoding("gzip")
            .timestamp(Date.from(Instant.ofEpochSecond(1_700_000_000)))
            .type("a type")
            .userId("guest"));
  }

  @ParameterizedTest
  @MethodSource("properties")
  void properties_and_body_arrive_as_they_were_sent(AMQP.BasicProperties.Builder sent) {
    String queue = loop.queue(connection);
    byte[] body = "x".repeat(300_000).getBytes(StandardCharsets.US_ASCII);
    Published published = publish(new Message("", queue, sent, body, false));
    assertThat(published.next()).isEqualTo("confirmed");
    ConsumeChannel consumer = loop.consumer(connection);
    Received received = new Received();
    loop.await(() -> consumer.consume(queue, received));
    Delivery delivery = received.next();
    assertThat(delivery.getProperties()).isEqualTo(sent.build());
    assertThat(delivery.getBody()).isEqualTo(body);
    assertThat(delivery.getEnvelope().getRoutingKey()).isEqualTo(queue);
  }

  @Test
  void returned_and_confirmed_messages_are_told_apart_in_a_crowd() {
    String queue = loop.queue(connection);
    List<Published> all = new ArrayList<>();
    loop.run(() -> {
      for (int i = 0; i < 3000; i++) {
        Published published = new Published();
        all.add(published);
        publisher.publish(OnLoop.message(i % 3 == 0 ? "no.such.queue" : queue), published);
      }
    });
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).next())
          .as("message %s", i)
          .isEqualTo(i % 3 == 0 ? "returned 312 NO_ROUTE" : "confirmed");
    }
    assertThat(loop.get(publisher::unconfirmed)).isZero();
    assertThat(all).allSatisfy(published -> assertThat(published.events).isEmpty());
  }

  @Test
  void many_messages_arrive_in_the_order_of_their_publishing() {
    String queue = loop.queue(connection);
    Received received = new Received();
    ConsumeChannel consumer = loop.consumer(connection);
    loop.await(() -> consumer.consume(queue, received));
    int count = 20_000;
    Published last = new Published();
    for (int from = 0; from < count; from += 1000) {
      int first = from;
      loop.run(() -> {
        for (int i = first; i < first + 1000; i++) {
          byte[] body = ByteBuffer.allocate(4).putInt(i).array();
          publisher.publish(OnLoop.message(queue, body), last);
        }
      });
    }
    for (int i = 0; i < count; i++) {
      assertThat(ByteBuffer.wrap(received.next().getBody()).getInt()).isEqualTo(i);
    }
    for (int i = 0; i < count; i++) {
      assertThat(last.next()).isEqualTo("confirmed");
    }
  }

  @Test
  void body_larger_than_frames_and_buffers_arrives_whole() {
    String queue = loop.queue(connection);
    Received received = new Received();
    ConsumeChannel consumer = loop.consumer(connection);
    loop.await(() -> consumer.consume(queue, received));
    byte[] body = new byte[3_000_017];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) ((i * 31) >> 3);
    }
    assertThat(publish(OnLoop.message(queue, body)).next()).isEqualTo("confirmed");
    assertThat(received.next().getBody()).isEqualTo(body);
  }

  @Test
  void messages_of_one_turn_are_few_writes() throws IOException {
    String queue = loop.queue(connection);
    try (CountingLink link = new CountingLink(broker.port())) {
      AmqpConnection through = loop.open(link.port());
      publisher = loop.publisher(through);
      int before = link.chunks.get();
      Published published = new Published();
      loop.run(() -> {
        for (int i = 0; i < 300; i++) {
          publisher.publish(OnLoop.message(queue, (byte) i), published);
        }
      });
      for (int i = 0; i < 300; i++) {
        assertThat(published.next()).isEqualTo("confirmed");
      }
      // 300 messages are some 30 kB, which is less than a batch.
      assertThat(link.chunks.get() - before).isLessThanOrEqualTo(3);
      loop.await(through::close);
    }
  }

  @Test
  void full_connection_is_not_writable_until_it_is_relieved() {
    String queue = loop.queue(connection);
    Published relieved = new Published();
    Published published = new Published();
    loop.run(() -> {
      connection.onRelieved(relieved::confirmed);
      assertThat(connection.isWritable()).isTrue();
      for (int i = 0; i < MANY_LARGE; i++) {
        publisher.publish(OnLoop.message(queue, new byte[100_000]), published);
      }
      assertThat(connection.isWritable()).isFalse();
    });
    assertThat(relieved.next()).isEqualTo("confirmed");
    assertThat(loop.get(connection::isWritable)).isTrue();
    for (int i = 0; i < MANY_LARGE; i++) {
      assertThat(published.next()).isEqualTo("confirmed");
    }
  }

  @Test
  void message_sent_into_a_cut_connection_is_lost_and_perhaps_sent() {
    String queue = loop.queue(connection);
    try (TcpProxy proxy = TcpProxy.to(broker.port())) {
      AmqpConnection through = loop.open(proxy.port());
      publisher = loop.publisher(through);
      proxy.stall(Direction.TO_CLIENT);
      Published published = publish(OnLoop.message(queue));
      Await.until("the broker has the message", () -> loop.depth(connection, queue) == 1);
      proxy.cut();
      assertThat(published.next()).isEqualTo("lost, sent");
      assertThat(Await.next(published.causes))
          .isInstanceOfSatisfying(
              BrokerConnectException.class,
              lost -> assertThat(lost.isRetryable()).isTrue());
      assertThat(loop.get(publisher::unconfirmed)).isZero();
    }
  }

  @Test
  void messages_behind_a_broker_that_does_not_read_are_lost_and_not_sent() {
    String queue = loop.queue(connection);
    try (TcpProxy proxy = TcpProxy.to(broker.port())) {
      AmqpConnection through = loop.open(proxy.port());
      publisher = loop.publisher(through);
      proxy.stall(Direction.TO_SERVER);
      List<Published> all = new ArrayList<>();
      loop.run(() -> {
        for (int i = 0; i < 60; i++) {
          Published published = new Published();
          all.add(published);
          publisher.publish(OnLoop.message(queue, new byte[1_000_000]), published);
        }
      });
      Await.until("the writer is stuck", () -> !loop.get(through::isWritable));
      proxy.cut();
      List<String> fates = all.stream().map(Published::next).toList();
      assertThat(fates.get(0)).isEqualTo("lost, sent");
      assertThat(fates.get(59)).isEqualTo("lost, not sent");
      int unsent = fates.indexOf("lost, not sent");
      assertThat(fates.subList(unsent, 60)).containsOnly("lost, not sent");
      assertThat(loop.depth(connection, queue)).isLessThanOrEqualTo(unsent);
    }
  }

  @Test
  void missing_exchange_ends_all_messages_and_the_connection_with_the_refusal() {
    Message message =
        new Message("no.such.exchange", "a", new AMQP.BasicProperties.Builder(), new byte[0], true);
    Published published = publish(message);
    assertThat(published.next()).isEqualTo("lost, sent");
    assertThat(Await.next(published.causes))
        .isInstanceOfSatisfying(
            BrokerRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo(404));
    assertThat(Await.value(connection.closed()))
        .isInstanceOfSatisfying(BrokerConnectException.class, lost -> {
          assertThat(lost.isRetryable()).isTrue();
          assertThat(lost).hasCauseInstanceOf(BrokerRefusal.class);
        });
  }

  @Test
  void message_that_amqp_cannot_express_is_refused_alone() {
    String queue = loop.queue(connection);
    Published longName = publish(OnLoop.message("ä".repeat(128)));
    Message large = new Message(
        "",
        queue,
        new AMQP.BasicProperties.Builder().headers(Map.of("a", "x".repeat(200_000))),
        new byte[0],
        true);
    Published largeHeader = publish(large);
    Published good = publish(OnLoop.message(queue));
    assertThat(longName.next()).isEqualTo("lost, not sent");
    assertThat(Await.next(longName.causes)).hasMessageContaining("255 bytes");
    assertThat(largeHeader.next()).isEqualTo("lost, not sent");
    assertThat(Await.next(largeHeader.causes)).hasMessageContaining("too large for a frame");
    assertThat(good.next()).isEqualTo("confirmed");
  }

  @Test
  void queue_that_refuses_more_is_a_refused_message() {
    String queue = loop.await(() -> connection.ask(channel -> channel
        .queueDeclare(
            "test.full." + System.nanoTime(),
            true,
            false,
            false,
            Map.of("x-max-length", 1, "x-overflow", "reject-publish"))
        .getQueue()));
    assertThat(publish(OnLoop.message(queue)).next()).isEqualTo("confirmed");
    Await.until("the queue is full", () -> loop.depth(connection, queue) == 1);
    assertThat(publish(OnLoop.message(queue)).next()).isEqualTo("refused");
  }
}
