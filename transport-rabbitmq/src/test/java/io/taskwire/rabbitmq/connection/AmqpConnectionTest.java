/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.spi.BrokerConnectException;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AmqpConnectionTest extends OnBroker {

  private AmqpConnection connection;

  @BeforeEach
  void open() {
    connection = loop.open(broker.port());
  }

  @Test
  void close_tells_its_reason_and_leaves_no_thread() {
    loop.publisher(connection);
    loop.consumer(connection);
    loop.queue(connection);
    loop.await(connection::close);
    assertThat(Await.value(connection.closed()))
        .isInstanceOf(BrokerConnectException.class)
        .hasMessageContaining("closed by this side");
    Await.until(
        "no thread of the connection is left", () -> threads(broker.port()).isEmpty());
  }

  static List<String> threads(int port) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("taskwire-rabbitmq-") && name.endsWith(":" + port))
        .toList();
  }

  @Test
  void what_was_asked_for_before_the_close_is_written() {
    String queue = loop.queue(connection);
    PublishChannel publisher = loop.publisher(connection);
    List<Published> all = new ArrayList<>();
    Future<Void> closed = loop.get(() -> {
      for (int i = 0; i < 500; i++) {
        Published published = new Published();
        all.add(published);
        publisher.publish(OnLoop.message(queue, (byte) i), published);
      }
      return connection.close();
    });
    Await.value(closed);
    all.forEach(published -> assertThat(published.next()).isIn("confirmed", "lost, sent"));
    AmqpConnection later = loop.open(broker.port());
    assertThat(loop.depth(later, queue)).isEqualTo(500);
  }

  @Test
  void nothing_is_answered_after_the_close() {
    PublishChannel publisher = loop.publisher(connection);
    loop.await(connection::close);
    assertThat(loop.failure(connection::openPublisher)).isInstanceOf(BrokerConnectException.class);
    assertThat(loop.failure(() -> connection.ask(channel -> 1)))
        .isInstanceOf(BrokerConnectException.class);
    Published published = new Published();
    loop.run(() -> publisher.publish(OnLoop.message("a"), published));
    assertThat(published.next()).isEqualTo("lost, not sent");
  }

  @Test
  void refused_question_carries_code_and_text_and_the_next_is_answered() {
    Throwable failure =
        loop.failure(() -> connection.ask(channel -> channel.queueDeclarePassive("no.such.queue")));
    assertThat(failure).isInstanceOfSatisfying(BrokerRefusal.class, refusal -> {
      assertThat(refusal.code()).isEqualTo(404);
      assertThat(refusal.text()).contains("no queue 'no.such.queue' in vhost '/'");
    });
    assertThat(loop.queue(connection)).isNotEmpty();
  }

  @Test
  void otherwise_declared_queue_shows_both_declarations() {
    String queue = loop.queue(connection);
    Throwable failure = loop.failure(
        () -> connection.ask(channel -> channel.queueDeclare(queue, false, false, false, null)));
    assertThat(failure).isInstanceOfSatisfying(BrokerRefusal.class, refusal -> {
      assertThat(refusal.code()).isEqualTo(406);
      assertThat(refusal.text()).contains("inequivalent arg 'durable'", "'false'", "'true'");
    });
  }

  @Test
  void failing_question_fails_its_future_alone() {
    Throwable failure = loop.failure(() -> connection.ask(channel -> {
      throw new IllegalStateException("my own");
    }));
    assertThat(failure).hasMessage("my own");
    assertThat(connection.closed().isComplete()).isFalse();
  }

  @Test
  void operator_closes_the_connection() {
    PublishChannel publisher = loop.publisher(connection);
    ConsumeChannel consumer = loop.consumer(connection);
    broker.closeConnections("maintenance at noon");
    assertThat(Await.value(connection.closed()))
        .isInstanceOfSatisfying(BrokerConnectException.class, lost -> {
          assertThat(lost).hasMessageContaining("maintenance at noon");
          assertThat(lost.isRetryable()).isTrue();
          assertThat(lost.getCause())
              .isInstanceOfSatisfying(
                  BrokerRefusal.class, why -> assertThat(why.code()).isEqualTo(320));
        });
    assertThat(Await.value(consumer.closed())).isInstanceOf(BrokerConnectException.class);
    Published published = new Published();
    loop.run(() -> publisher.publish(OnLoop.message("a"), published));
    assertThat(published.next()).isEqualTo("lost, not sent");
    Await.until(
        "no thread of the connection is left", () -> threads(broker.port()).isEmpty());
  }

  @Test
  void memory_alarm_blocks_whoever_publishes_until_it_ends() {
    String queue = loop.queue(connection);
    PublishChannel publisher = loop.publisher(connection);
    BlockingQueue<String> notices = new LinkedBlockingQueue<>();
    BlockingQueue<String> relief = new LinkedBlockingQueue<>();
    loop.run(() -> {
      connection.onBlocked(reason -> notices.add(reason == null ? "unblocked" : reason));
      connection.onRelieved(() -> relief.add("relieved"));
    });
    Published published = new Published();
    broker.memoryAlarm();
    try {
      // The broker takes the message with which it notices that this connection publishes.
      loop.run(() -> publisher.publish(OnLoop.message(queue), new Published()));
      assertThat(Await.next(notices)).isEqualTo("low on memory");
      loop.run(() -> publisher.publish(OnLoop.message(queue), published));
      assertThat(loop.get(connection::isWritable)).isFalse();
      assertThat(loop.get(connection::isBlocked)).isTrue();
      assertThat(published.events).isEmpty();
    } finally {
      broker.endMemoryAlarm();
    }
    assertThat(Await.next(notices)).isEqualTo("unblocked");
    assertThat(Await.next(relief)).isEqualTo("relieved");
    assertThat(loop.get(connection::isWritable)).isTrue();
    assertThat(published.next()).isEqualTo("confirmed");
  }

  @Test
  void blocked_connection_closes_at_once() {
    String queue = loop.queue(connection);
    PublishChannel publisher = loop.publisher(connection);
    BlockingQueue<String> notices = new LinkedBlockingQueue<>();
    loop.run(() -> connection.onBlocked(reason -> notices.add(String.valueOf(reason))));
    Published published = new Published();
    broker.memoryAlarm();
    try {
      loop.run(() -> publisher.publish(OnLoop.message(queue), new Published()));
      Await.next(notices);
      loop.run(() -> publisher.publish(OnLoop.message(queue), published));
      long began = System.nanoTime();
      loop.await(connection::close);
      assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(2000);
      assertThat(published.next()).startsWith("lost");
    } finally {
      broker.endMemoryAlarm();
    }
  }

  @Test
  void end_of_the_event_loop_leaves_no_thread() {
    Vertx other = Vertx.vertx();
    Await.value(AmqpConnection.open(other.getOrCreateContext(), OnLoop.options(broker.port())));
    loop.await(connection::close);
    Await.value(other.close());
    Await.until(
        "no thread of the connection is left", () -> threads(broker.port()).isEmpty());
  }

  @Test
  void questions_that_the_client_cannot_send_are_no_silence() {
    Throwable failure = loop.failure(() -> connection.ask(channel -> {
      throw new IOException("the socket is gone");
    }));
    assertThat(failure).isInstanceOf(BrokerConnectException.class).hasMessageContaining("gone");
    Await.value(connection.closed());
  }
}
