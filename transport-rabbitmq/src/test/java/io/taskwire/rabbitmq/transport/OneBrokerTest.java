/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.TestBed;
import io.taskwire.tck.broker.RabbitmqBroker;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Tests that share a broker, each with a bed of its own and the official client beside it. Nothing is left behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneBrokerTest {

  static final String[] PATIENT = {"retry=50ms"};

  final RabbitmqBroker broker = RabbitmqBroker.create();

  private @Nullable TestBed bed;
  private @Nullable Connection connection;

  @BeforeAll
  final void start() {
    broker.start();
  }

  @AfterAll
  final void stop() {
    broker.close();
  }

  @BeforeEach
  final void makeBed() {
    if (!broker.isRunning()) {
      broker.start();
    }
    bed = new TestBed(broker);
  }

  @AfterEach
  final void nothingIsLeft() throws IOException {
    Connection closing = connection;
    connection = null;
    if (closing != null) {
      closing.abort(1000);
    }
    TestBed ended = bed();
    bed = null;
    ended.close();
  }

  final TestBed bed() {
    TestBed current = bed;
    if (current == null) {
      throw new IllegalStateException("there is a bed only while a test runs");
    }
    return current;
  }

  /** A channel of the official client. */
  final Channel bare() throws IOException, TimeoutException {
    Connection open = connection;
    if (open == null || !open.isOpen()) {
      ConnectionFactory factory = new ConnectionFactory();
      factory.setHost("127.0.0.1");
      factory.setPort(broker.port());
      factory.setAutomaticRecoveryEnabled(false);
      open = factory.newConnection();
      connection = open;
    }
    return open.createChannel();
  }

  final TaskType<Integer, Integer> echo() {
    return TaskType.of(bed().name("echo"), Integer.class, Integer.class);
  }

  final TaskQueue echoing(TaskType<Integer, Integer> type, String... options) {
    TaskQueue worker = bed().openShared(options);
    worker.onAsync(type, Future::succeededFuture);
    Await.value(worker.start());
    return worker;
  }

  static long count(Channel channel, String queue) {
    try {
      return channel.messageCount(queue);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
