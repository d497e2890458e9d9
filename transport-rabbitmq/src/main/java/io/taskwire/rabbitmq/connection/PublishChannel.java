/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel with confirms that only publishes, every message mandatory; on the event loop of its connection. */
public final class PublishChannel {

  private static final Logger LOG = LoggerFactory.getLogger(PublishChannel.class);

  /** What a message costs in memory and on the wire besides its body, roughly. */
  private static final int OVERHEAD = 256;

  private final AmqpConnection connection;
  private final Channel channel;
  private final int maxFrame;
  private final Unconfirmed unconfirmed = new Unconfirmed();

  /** What the message ids of this channel begin with: a basic.return has no sequence number, but the properties. */
  private final String idPrefix = Long.toHexString(ThreadLocalRandom.current().nextLong()) + '-';

  private @Nullable Throwable endedBy;

  /** The number of the last message that was begun to be written: the writing thread sets it before it looks for the end. */
  private volatile long begun;

  private PublishChannel(AmqpConnection connection, Channel channel) {
    this.connection = connection;
    this.channel = channel;
    this.maxFrame = channel.getConnection().getFrameMax();
  }

  /** Blocks; on the asking thread. */
  static PublishChannel open(AmqpConnection connection, Connection client) throws IOException {
    Channel channel = Questions.create(client);
    PublishChannel opened = new PublishChannel(connection, channel);
    channel.addConfirmListener(opened.new Confirms());
    channel.addReturnListener(returned -> connection.inbox().add(() -> opened.returned(returned)));
    channel.addShutdownListener(
        signal -> connection.inbox().add(() -> opened.closedByBroker(signal)));
    // Not confirmSelect(), with which amqp-client keeps an ordered set of what is unconfirmed.
    channel.rpc(new AMQP.Confirm.Select.Builder().build());
    return opened;
  }

  /**
   * Publishes. Messages reach the broker in the order of the calls.
   *
   * @param listener told once what has become of it, later
   */
  public void publish(Message message, PublishListener listener) {
    Throwable ended = endedBy;
    if (ended != null) {
      connection.inbox().add(() -> listener.lost(ended, false));
      return;
    }
    AMQP.BasicProperties properties =
        message.properties().messageId(idPrefix + unconfirmed.next()).build();
    IllegalArgumentException refused = MessageCheck.refuse(message, properties, maxFrame);
    if (refused != null) {
      connection.inbox().add(() -> listener.lost(refused, false));
      return;
    }
    long number = unconfirmed.add(listener);
    connection
        .writer()
        .add(() -> write(number, message, properties), message.body().length + OVERHEAD);
  }

  private void write(long number, Message message, AMQP.BasicProperties properties)
      throws IOException {
    begun = number;
    if (connection.writer().isEnded()) {
      return;
    }
    try {
      channel.basicPublish(
          message.exchange(), message.routingKey(), true, properties, message.body());
    } catch (ShutdownSignalException closed) {
      // The listener of the end tells the event loop.
    }
  }

  /** Messages whose fate is not known yet. */
  public int unconfirmed() {
    return unconfirmed.count();
  }

  private void confirmed(long number, boolean multiple, boolean taken) {
    long last = Math.min(number, unconfirmed.next() - 1);
    for (long at = multiple ? unconfirmed.first() : number; at <= last; at++) {
      PublishListener listener = unconfirmed.take(at);
      if (listener == null) {
        // It was returned before.
        continue;
      }
      if (taken) {
        listener.confirmed();
      } else {
        listener.refused();
      }
    }
  }

  private void returned(Return message) {
    PublishListener listener = unconfirmed.take(number(message.getProperties().getMessageId()));
    if (listener == null) {
      LOG.warn(
          "{} returned a message that is not known here: {} {}",
          connection.broker(),
          message.getReplyCode(),
          message.getReplyText());
      return;
    }
    listener.returned(message.getReplyCode(), message.getReplyText());
  }

  private long number(@Nullable String messageId) {
    if (messageId == null || !messageId.startsWith(idPrefix)) {
      return -1;
    }
    return Long.parseLong(messageId, idPrefix.length(), messageId.length(), 10);
  }

  private void closedByBroker(ShutdownSignalException signal) {
    BrokerRefusal refusal = Failures.refusal(signal);
    if (refusal == null || signal.isHardError()) {
      connection.end(signal);
    } else {
      end(refusal);
      connection.end(refusal);
    }
  }

  /** Loses what is unconfirmed; after the writer was ended. */
  void end(Throwable cause) {
    if (endedBy != null) {
      return;
    }
    endedBy = cause;
    connection.writer().end();
    long sent = begun;
    long last = unconfirmed.next();
    for (long at = unconfirmed.first(); at < last; at++) {
      PublishListener listener = unconfirmed.take(at);
      if (listener != null) {
        lose(listener, cause, at <= sent);
      }
    }
  }

  private void lose(PublishListener listener, Throwable cause, boolean sent) {
    try {
      listener.lost(cause, sent);
    } catch (RuntimeException e) {
      LOG.error("A lost message could not be reported; this is a defect of Taskwire", e);
    }
  }

  /** On the reading thread. */
  private final class Confirms implements ConfirmListener {

    @Override
    public void handleAck(long number, boolean multiple) {
      connection.inbox().add(() -> confirmed(number, multiple, true));
    }

    @Override
    public void handleNack(long number, boolean multiple) {
      connection.inbox().add(() -> confirmed(number, multiple, false));
    }
  }
}
