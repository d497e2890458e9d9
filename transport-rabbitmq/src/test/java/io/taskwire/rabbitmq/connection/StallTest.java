/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Secret;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that says nothing more, though its sockets stay open. */
class StallTest extends OnBroker {

  private TcpProxy proxy;
  private AmqpConnection connection;

  @BeforeEach
  void open() {
    proxy = TcpProxy.to(broker.port());
    connection = loop.open(new ConnectionOptions(
        "127.0.0.1",
        proxy.port(),
        "/",
        "guest",
        Secret.of("guest"),
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        "a test"));
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private void noThreadIsLeft() {
    Await.until(
        "no thread is left", () -> AmqpConnectionTest.threads(proxy.port()).isEmpty());
  }

  @Test
  void silence_of_two_heartbeats_ends_the_connection() {
    proxy.stall();
    assertThat(Await.value(connection.closed()))
        .isInstanceOfSatisfying(BrokerConnectException.class, lost -> {
          assertThat(lost.isRetryable()).isTrue();
          assertThat(lost).hasMessageContaining("no sign of life");
        });
    noThreadIsLeft();
  }

  @Test
  void heartbeats_keep_an_idle_connection_alive() {
    loop.consumer(connection);
    // Longer than what a broker, or this side, without heartbeats would bear.
    assertThat(Await.within(Duration.ofSeconds(7), () -> connection.closed().isComplete()))
        .isFalse();
    assertThat(loop.queue(connection)).isNotEmpty();
  }

  @Test
  void writer_that_is_stuck_does_not_hide_the_missing_heartbeats() {
    String queue = loop.queue(connection);
    PublishChannel publisher = loop.publisher(connection);
    proxy.stall();
    List<Published> all = new ArrayList<>();
    loop.run(() -> {
      for (int i = 0; i < 40; i++) {
        Published published = new Published();
        all.add(published);
        publisher.publish(OnLoop.message(queue, new byte[1_000_000]), published);
      }
    });
    assertThat(Await.value(connection.closed())).hasMessageContaining("no sign of life");
    all.forEach(published -> assertThat(published.next()).startsWith("lost"));
    noThreadIsLeft();
  }

  @Test
  void close_of_a_stalled_connection_takes_three_seconds_at_most() {
    String queue = loop.queue(connection);
    PublishChannel publisher = loop.publisher(connection);
    ConsumeChannel consumer = loop.consumer(connection);
    proxy.stall();
    Published published = new Published();
    Future<String> question = loop.get(
        () -> connection.ask(channel -> channel.queueDeclarePassive(queue).getQueue()));
    Future<Void> closing = loop.get(() -> {
      for (int i = 0; i < 40; i++) {
        publisher.publish(OnLoop.message(queue, new byte[1_000_000]), published);
      }
      return consumer.close();
    });
    long began = System.nanoTime();
    loop.await(connection::close);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    for (int i = 0; i < 40; i++) {
      assertThat(published.next()).startsWith("lost");
    }
    Await.value(closing);
    assertThat(Await.failure(question)).isInstanceOf(BrokerConnectException.class);
    noThreadIsLeft();
  }

  @Test
  void idle_connection_to_a_frozen_broker_closes_in_three_seconds() {
    broker.freeze();
    try {
      long began = System.nanoTime();
      loop.await(connection::close);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
      noThreadIsLeft();
    } finally {
      broker.thaw();
    }
  }
}
