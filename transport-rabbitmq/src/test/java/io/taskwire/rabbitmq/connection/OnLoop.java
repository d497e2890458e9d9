/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import io.taskwire.spi.Secret;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** An event loop with connections on it, for a test thread. */
final class OnLoop implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<AmqpConnection> opened = new ArrayList<>();

  static ConnectionOptions options(int port) {
    return new ConnectionOptions(
        "127.0.0.1",
        port,
        "/",
        "guest",
        Secret.of("guest"),
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        "a test");
  }

  Context context() {
    return context;
  }

  Future<AmqpConnection> opening(ConnectionOptions options) {
    return AmqpConnection.open(context, options);
  }

  AmqpConnection open(ConnectionOptions options) {
    AmqpConnection connection = Await.value(opening(options));
    opened.add(connection);
    return connection;
  }

  AmqpConnection open(int port) {
    return open(options(port));
  }

  /** Calls on the loop, and waits for what it returns. */
  <T> T get(Callable<? extends T> call) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> {
      try {
        promise.complete(call.call());
      } catch (Exception e) {
        promise.fail(e);
      }
    });
    return Await.value(promise.future());
  }

  /** Calls on the loop, and waits for the value of the future it returns. */
  <T> T await(Callable<Future<T>> call) {
    return Await.value(get(call));
  }

  /** Calls on the loop, and waits for the failure of the future it returns. */
  Throwable failure(Callable<? extends Future<?>> call) {
    return Await.failure(get(call));
  }

  void run(Runnable action) {
    get(() -> {
      action.run();
      return true;
    });
  }

  PublishChannel publisher(AmqpConnection connection) {
    return await(connection::openPublisher);
  }

  ConsumeChannel consumer(AmqpConnection connection) {
    return await(() -> connection.openConsumer(0, 0));
  }

  /** Declares a durable queue with a name of its own. */
  String queue(AmqpConnection connection) {
    String name = "test." + UUID.randomUUID();
    await(() -> connection.ask(
        channel -> channel.queueDeclare(name, true, false, false, null).getQueue()));
    return name;
  }

  long depth(AmqpConnection connection, String queue) {
    return await(() -> connection.ask(channel -> channel.messageCount(queue)));
  }

  static Message message(String queue, byte... body) {
    return new Message("", queue, new AMQP.BasicProperties.Builder().deliveryMode(2), body, true);
  }

  @Override
  public void close() {
    opened.forEach(connection -> await(connection::close));
    Await.value(vertx.close());
  }
}
