/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A channel with one consumer at most; on the event loop of its connection. */
public final class ConsumeChannel implements ChannelInput {

  private final AmqpConnection connection;
  private final Channel channel;
  private final int number;
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private final ContentAssembly delivery = new ContentAssembly();
  private final Promise<Throwable> closed = Promise.promise();

  private @Nullable Promise<String> consuming;
  private @Nullable Promise<Void> cancelling;
  private @Nullable Promise<Void> closing;
  private @Nullable DeliveryReceiver receiver;
  private boolean acknowledging;

  /** Nothing may be written on the channel any more. */
  private boolean mute;

  private ConsumeChannel(AmqpConnection connection, Channel channel) {
    this.connection = connection;
    this.channel = channel;
    this.number = channel.getChannelNumber();
  }

  /** Blocks; on the asking thread. */
  static ConsumeChannel open(
      AmqpConnection connection, Connection client, int prefetchSize, int prefetchCount)
      throws IOException {
    Channel channel = Questions.create(client);
    ConsumeChannel opened = new ConsumeChannel(connection, channel);
    channel.addShutdownListener(
        signal -> connection.inbox().add(() -> opened.closedByBroker(signal)));
    if (prefetchSize != 0 || prefetchCount != 0) {
      channel.basicQos(prefetchSize, prefetchCount, false);
    }
    return opened;
  }

  /** The channel's. */
  int number() {
    return number;
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
    connection.limit(started, "basic.consume");
    if (!mute) {
      connection.writer().consume(number, queue);
    }
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
          connection.limit(made, "basic.cancel");
          if (!mute) {
            connection.writer().cancel(number, tag.result());
          }
        }
      });
    }
    return ended.future().onComplete(done -> {
      consuming = null;
      cancelling = null;
    });
  }

  /** Settles a delivery as done, at the end of this turn of the event loop. */
  public void ack(long tag) {
    acknowledgements.add(tag);
    if (!acknowledging) {
      acknowledging = true;
      connection.atEndOfTurn(() -> {
        acknowledging = false;
        acknowledge();
      });
    }
  }

  private void acknowledge() {
    if (!mute) {
      acknowledgements.write((tag, multiple) -> connection.writer().ack(number, tag, multiple));
    }
  }

  /** Gives a delivery back, to be delivered again if {@code requeue}, else to the dead letters or to nowhere. */
  public void nack(long tag, boolean requeue) {
    acknowledgements.settled(tag);
    if (!mute) {
      connection.writer().nack(number, tag, requeue);
    }
  }

  /** Gives a delivery to the dead letters of its queue, or to nowhere. */
  public void reject(long tag) {
    acknowledgements.settled(tag);
    if (!mute) {
      connection.writer().reject(number, tag);
    }
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
        // What was settled before goes first.
        acknowledge();
        mute = true;
        connection.output().whenWritten(this::closeNow);
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
    mute = true;
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

  @Override
  public boolean method(int method, FrameReader frame) throws IOException {
    switch (method) {
      case Methods.DELIVER -> {
        frame.skipShortString(); // the consumer's tag
        Envelope envelope = new Envelope(
            frame.longLong(), frame.octet() != 0, frame.frequentString(), frame.frequentString());
        acknowledgements.delivered(envelope.getDeliveryTag());
        delivery.begin((properties, body) -> delivered(new Delivery(envelope, properties, body)));
      }
      case Methods.CONSUME_OK -> {
        if (consuming != null) {
          consuming.tryComplete(frame.shortString());
        }
      }
      case Methods.CANCEL_OK -> {
        if (cancelling != null) {
          cancelling.tryComplete();
        }
      }
      case Methods.CANCEL -> cancelledByBroker();
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean content(int type, FrameReader frame) throws IOException {
    return delivery.add(type, frame);
  }

  @Override
  public void closing() {
    mute = true;
  }

  private void delivered(Delivery message) {
    DeliveryReceiver to = receiver;
    if (to != null) {
      to.delivered(message);
    }
  }

  private void cancelledByBroker() {
    DeliveryReceiver to = receiver;
    if (to != null && cancelling == null) {
      receiver = null;
      to.cancelled();
    }
  }
}
