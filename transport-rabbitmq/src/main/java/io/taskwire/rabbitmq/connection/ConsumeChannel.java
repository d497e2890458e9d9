/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A channel with one consumer at most; on the event loop of its connection. */
public final class ConsumeChannel {

  private static final int COMMAND_SIZE = 32;

  private final AmqpConnection connection;
  private final Channel channel;
  private final Promise<Throwable> closed = Promise.promise();

  private @Nullable Promise<String> consuming;
  private @Nullable Promise<Void> cancelling;
  private @Nullable Promise<Void> closing;
  private @Nullable DeliveryReceiver receiver;

  private ConsumeChannel(AmqpConnection connection, Channel channel) {
    this.connection = connection;
    this.channel = channel;
  }

  /** Blocks; on the asking thread. */
  static ConsumeChannel open(
      AmqpConnection connection, Connection client, int prefetchSize, int prefetchCount)
      throws IOException {
    Channel channel = Questions.create(client);
    ConsumeChannel opened = new ConsumeChannel(connection, channel);
    channel.addShutdownListener(
        signal -> connection.inbox().add(() -> opened.closedByBroker(signal)));
    channel.setDefaultConsumer(opened.new Deliveries(channel));
    if (prefetchSize != 0 || prefetchCount != 0) {
      channel.basicQos(prefetchSize, prefetchCount, false);
    }
    return opened;
  }

  /**
   * Begins to consume; again, if the consumer before was cancelled.
   *
   * @return the consumer tag; fails with a {@link BrokerRefusal}, and the channel is closed then, or with the connection's end
   */
  public Future<String> consume(String queue, DeliveryReceiver deliveries) {
    if (consuming != null) {
      throw new IllegalStateException("a channel consumes one queue at a time");
    }
    Promise<String> started = Promise.promise();
    consuming = started;
    receiver = deliveries;
    call(
        new AMQP.Basic.Consume.Builder().queue(queue).build(),
        started,
        ok -> started.tryComplete(((AMQP.Basic.ConsumeOk) ok).getConsumerTag()));
    return started.future();
  }

  /** Ends the consumer. Completes when the broker has ended it and all that it had delivered has been handed over. */
  public Future<Void> cancel() {
    Promise<String> started = consuming;
    if (started == null || closed.future().isComplete()) {
      return Future.succeededFuture();
    }
    Promise<Void> ended = cancelling;
    if (ended == null) {
      Promise<Void> made = Promise.promise();
      ended = made;
      cancelling = made;
      started.future().onComplete(tag -> {
        if (tag.failed() || receiver == null) {
          made.tryComplete();
        } else {
          call(
              new AMQP.Basic.Cancel.Builder().consumerTag(tag.result()).build(),
              made,
              ok -> made.tryComplete());
        }
      });
    }
    return ended.future().onComplete(done -> {
      consuming = null;
      cancelling = null;
    });
  }

  /** Settles a delivery as done. */
  public void ack(long tag) {
    write(() -> channel.basicAck(tag, false));
  }

  /** Settles as done all that was delivered up to a tag, inclusive, and not yet settled. */
  public void ackUpTo(long tag) {
    write(() -> channel.basicAck(tag, true));
  }

  /** Gives a delivery back, to be delivered again if {@code requeue}, else to the dead letters or to nowhere. */
  public void nack(long tag, boolean requeue) {
    write(() -> channel.basicNack(tag, false, requeue));
  }

  /** Gives a delivery to the dead letters of its queue, or to nowhere. */
  public void reject(long tag) {
    write(() -> channel.basicReject(tag, false));
  }

  /** The end of this channel, with the reason: a {@link BrokerRefusal} if the broker closed it alone, or the connection's end. */
  public Future<Throwable> closed() {
    return closed.future();
  }

  /** Closes the channel in a round trip: what was settled before is taken then, the rest is given back. Does not fail. */
  public Future<Void> close() {
    Promise<Void> ended = closing;
    if (ended == null) {
      Promise<Void> made = Promise.promise();
      ended = made;
      closing = made;
      if (closed.future().isComplete()) {
        made.complete();
      } else {
        connection.limit(made, "channel.close");
        // Behind what was settled before.
        connection.writer().add(() -> connection.inbox().add(this::closeNow), COMMAND_SIZE);
      }
    }
    return ended.future();
  }

  private void closeNow() {
    connection
        .questions()
        .run(client -> {
          if (channel.isOpen()) {
            channel.close();
          }
          return true;
        })
        .onComplete(done ->
            end(connection.failures().lost("the channel was closed by this side", true, null)));
  }

  private void write(Writer.Command command) {
    if (!closed.future().isComplete()) {
      connection
          .writer()
          .add(
              () -> {
                try {
                  command.write();
                } catch (ShutdownSignalException ended) {
                  // The listener of the end tells the event loop.
                }
              },
              COMMAND_SIZE);
    }
  }

  /** Asks without a thread that waits; the answer comes in its place among the deliveries. */
  private void call(Method method, Promise<?> answer, Consumer<Method> meaning) {
    connection.limit(answer, method.protocolMethodName());
    connection
        .writer()
        .add(
            () -> {
              try {
                var unused = channel
                    .asyncCompletableRpc(method)
                    .whenComplete((ok, failure) ->
                        connection.inbox().add(() -> answered(ok, failure, answer, meaning)));
              } catch (ShutdownSignalException ended) {
                connection.inbox().add(() -> answered(null, ended, answer, meaning));
              }
            },
            COMMAND_SIZE);
  }

  private void answered(
      @Nullable Command ok,
      @Nullable Throwable failure,
      Promise<?> answer,
      Consumer<Method> meaning) {
    if (ok != null) {
      meaning.accept(ok.getMethod());
    } else if (failure != null) {
      answer.tryFail(connection.failures().asking(failure));
    }
  }

  private void closedByBroker(ShutdownSignalException signal) {
    if (signal.isHardError()) {
      connection.end(signal);
      return;
    }
    BrokerRefusal refusal = Failures.refusal(signal);
    if (refusal != null) {
      end(refusal);
    }
  }

  /** Idempotent. */
  void end(Throwable cause) {
    receiver = null;
    connection.forget(this);
    if (!closed.tryComplete(cause)) {
      return;
    }
    if (consuming != null) {
      consuming.tryFail(cause);
    }
    if (cancelling != null) {
      cancelling.tryComplete();
    }
    if (closing != null) {
      closing.tryComplete();
    }
  }

  private void delivered(Delivery delivery) {
    DeliveryReceiver to = receiver;
    if (to != null) {
      to.delivered(delivery);
    }
  }

  private void cancelledByBroker() {
    DeliveryReceiver to = receiver;
    if (to != null && cancelling == null) {
      receiver = null;
      to.cancelled();
    }
  }

  /** On the reading thread. The default consumer of its channel, because so no call of amqp-client has to wait for its tag. */
  private final class Deliveries extends DefaultConsumer {

    Deliveries(Channel channel) {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      connection
          .inbox()
          .addDelivery(
              () -> ConsumeChannel.this.delivered(new Delivery(envelope, properties, body)),
              body.length);
    }

    @Override
    public void handleCancel(String tag) {
      connection.inbox().add(ConsumeChannel.this::cancelledByBroker);
    }
  }
}
