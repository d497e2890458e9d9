/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a RabbitMQ. Everything is called and calls back on the event loop of the context it was opened with, and
 * nothing blocks that loop. It ends once, and stays dead.
 */
public final class AmqpConnection {

  /**
   * Opens a connection.
   *
   * @return fails with an {@link io.taskwire.spi.BrokerConnectException}, which is not retryable for bad credentials, no such
   *     virtual host, access refused, TLS verification and a wrong protocol
   */
  public static Future<AmqpConnection> open(Context context, ConnectionOptions options) {
    throw new UnsupportedOperationException();
  }

  /** Host and port. */
  public String broker() {
    throw new UnsupportedOperationException();
  }

  /** Completes once, with the reason, which is a {@link io.taskwire.spi.BrokerConnectException}; never fails. */
  public Future<Throwable> closed() {
    throw new UnsupportedOperationException();
  }

  /** Opens a channel to publish on. When the broker closes it the whole connection is given up. */
  public Future<PublishChannel> openPublisher() {
    throw new UnsupportedOperationException();
  }

  /** Opens a channel to consume on, with limits of what is delivered and not yet acknowledged; 0 is no limit. */
  public Future<ConsumeChannel> openConsumer(int prefetchSize, int prefetchCount) {
    throw new UnsupportedOperationException();
  }

  /**
   * Asks the broker something; one question after the other.
   *
   * @return fails with a {@link BrokerRefusal}, or with the connection's end, which is also brought about by no answer within
   *     20 s
   */
  public <T> Future<T> ask(ChannelCall<T> call) {
    throw new UnsupportedOperationException();
  }

  /** False while too much waits to be written, or the broker has blocked the connection. */
  public boolean isWritable() {
    throw new UnsupportedOperationException();
  }

  /** Whom to tell when {@link #isWritable} was false and has become true. */
  public void onRelieved(Runnable relieved) {
    throw new UnsupportedOperationException();
  }

  /** Whether the broker reads no publishes for now: it lacks memory or disk space. */
  public boolean isBlocked() {
    throw new UnsupportedOperationException();
  }

  /** Whom to tell when the broker blocks the connection, with its reason, and when it goes on, with null. */
  public void onBlocked(Consumer<@Nullable String> blocked) {
    throw new UnsupportedOperationException();
  }

  /** Ends the connection: what was asked for before is written first. Takes 3 s at most, does not fail. Idempotent. */
  public Future<Void> close() {
    throw new UnsupportedOperationException();
  }
}
