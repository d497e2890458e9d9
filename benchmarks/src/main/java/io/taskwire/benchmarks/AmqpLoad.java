/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The load of RabbitMQ's own Java client with as little around it as possible: no confirms where nobody asked for them, no
 * time limits, no errors that anybody could tell apart. Its queues are its own, so that it never meets Taskwire's tasks.
 */
final class AmqpLoad implements Load {

  private final Connection connection;

  AmqpLoad(String brokerUri) {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setAutomaticRecoveryEnabled(false);
    try {
      factory.setUri(brokerUri);
      connection = factory.newConnection("bare");
    } catch (IOException | TimeoutException | URISyntaxException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot connect to " + brokerUri, e);
    }
  }

  @Override
  public void serve(String name, int concurrency) {
    AmqpWorker.serve(connection, queue(name), concurrency);
  }

  @Override
  public Measurement roundTrips(String name, int window, int size, Duration length) {
    return AmqpRpc.run(connection, queue(name), window, size, length);
  }

  @Override
  public Measurement oneAtATime(String name, Duration length) {
    return AmqpRpc.run(connection, queue(name), 1, Payload.SIZE, length);
  }

  /** Nobody asks for it. */
  @Override
  public Measurement openLoop(String name, long perSecond, Duration length) {
    throw new UnsupportedOperationException("the bare client calls in a closed loop only");
  }

  @Override
  public Measurement submits(String name, int window, int count) {
    return AmqpPublisher.run(connection, queue(name), window, count);
  }

  @Override
  public Measurement drain(String name, int concurrency, int count) {
    return AmqpWorker.drain(connection, queue(name), concurrency, count);
  }

  private static String queue(String name) {
    return "bare-" + name;
  }

  @Override
  public void close() {
    connection.abort(1_000);
  }
}
