/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel with confirms that only publishes; on the event loop of its connection. */
public final class PublishChannel implements ChannelInput {

  private static final Logger LOG = LoggerFactory.getLogger(PublishChannel.class);

  private static final int MULTIPLE = 1;

  private final AmqpConnection connection;
  private final int number;
  private final int maxFrame;
  private final Unconfirmed unconfirmed = new Unconfirmed();
  private final ContentAssembly returned = new ContentAssembly();

  private boolean closing;
  private @Nullable Throwable endedBy;

  private PublishChannel(AmqpConnection connection, Channel channel) {
    this.connection = connection;
    this.number = channel.getChannelNumber();
    this.maxFrame = channel.getConnection().getFrameMax();
  }

  /** Blocks; on the asking thread. */
  static PublishChannel open(AmqpConnection connection, Connection client) throws IOException {
    Channel channel = Questions.create(client);
    PublishChannel opened = new PublishChannel(connection, channel);
    channel.addShutdownListener(
        signal -> connection.inbox().add(() -> opened.closedByBroker(signal)));
    // Not confirmSelect(), with which amqp-client keeps an ordered set of what is unconfirmed.
    channel.rpc(new AMQP.Confirm.Select.Builder().build());
    return opened;
  }

  /** The channel's. */
  int number() {
    return number;
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
    if (message.isMandatory()) {
      // A basic.return has no sequence number, but the properties.
      message.properties().messageId(Long.toString(unconfirmed.next(), Character.MAX_RADIX));
    }
    AMQP.BasicProperties properties = message.properties().build();
    IllegalArgumentException refused = MessageCheck.refuse(message, properties, maxFrame);
    if (refused != null) {
      connection.inbox().add(() -> listener.lost(refused, false));
      return;
    }
    long sequenceNumber = unconfirmed.add(listener);
    if (closing) {
      return; // it is lost at once
    }
    connection.output().message(sequenceNumber);
    connection.writer().publish(number, message, properties);
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

  private void returned(int code, String text, @Nullable String messageId) {
    PublishListener listener = unconfirmed.take(sequenceNumber(messageId));
    if (listener == null) {
      LOG.warn(
          "{} returned a message that is not known here: {} {}", connection.broker(), code, text);
      return;
    }
    listener.returned(code, text);
  }

  private static long sequenceNumber(@Nullable String messageId) {
    try {
      return messageId == null ? -1 : Long.parseLong(messageId, Character.MAX_RADIX);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public boolean method(int method, FrameReader frame) throws IOException {
    switch (method) {
      case Methods.ACK -> confirmed(frame.longLong(), frame.octet() != 0, true);
      case Methods.NACK -> confirmed(frame.longLong(), (frame.octet() & MULTIPLE) != 0, false);
      case Methods.RETURN -> {
        int code = frame.unsignedShort();
        String text = frame.shortString();
        returned.begin((properties, body) -> returned(code, text, properties.getMessageId()));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean content(int type, FrameReader frame) throws IOException {
    return returned.add(type, frame);
  }

  /** What is written until the end of the connection, which comes of it, would not reach the broker. */
  @Override
  public void closing() {
    closing = true;
    connection.output().drop();
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
    connection.output().drop();
    long sent = connection.output().lastSent();
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
}
