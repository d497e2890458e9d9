/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import com.rabbitmq.client.Delivery;
import io.taskwire.rabbitmq.codec.TaskReply;
import io.taskwire.rabbitmq.connection.AmqpConnection;
import io.taskwire.rabbitmq.connection.BrokerRefusal;
import io.taskwire.rabbitmq.connection.ConsumeChannel;
import io.taskwire.rabbitmq.connection.DeliveryReceiver;
import io.taskwire.spi.KeptResults;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Submission;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the replies out of a caller's reply queue. A reply is acknowledged when it was handed over.
 */
final class ReplyReader implements DeliveryReceiver {

  private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);

  /** Of AMQP: there is no such queue. */
  private static final int NOT_FOUND = 404;

  private final RabbitmqTransport transport;
  private final SessionListener listener;
  private final ConsumeChannel channel;
  private final Consumer<Throwable> onLost;
  private final ReplyQueue queue;

  private ReplyReader(
      RabbitmqTransport transport,
      SessionListener listener,
      ConsumeChannel channel,
      Consumer<Throwable> onLost) {
    this.transport = transport;
    this.listener = listener;
    this.channel = channel;
    this.onLost = onLost;
    this.queue = transport.replyQueue();
  }

  /**
   * Begins to read.
   *
   * @param again whether the queue was read before in this process: if it is gone, so are the results
   * @param onLost told once if reading ends by itself
   */
  static Future<Void> start(
      RabbitmqTransport transport,
      AmqpConnection connection,
      boolean again,
      SessionListener listener,
      Consumer<Throwable> onLost) {
    ReplyQueue queue = transport.replyQueue();
    return declare(connection, queue)
        .onSuccess(there -> {
          if (again && !there) {
            transport.repliesAreGone();
          }
        })
        .compose(there -> connection.openConsumer(0, queue.prefetch()))
        .compose(channel -> {
          ReplyReader reader = new ReplyReader(transport, listener, channel, onLost);
          return channel
              .consume(queue.name(), reader)
              .onSuccess(tag -> channel.closed().onSuccess(onLost::accept))
              .<Void>mapEmpty();
        })
        .recover(cause -> Future.failedFuture(
            QueueRefusedException.of(queue.name(), queue.declaration(), transport.user(), cause)));
  }

  /** Tells whether it was there before. Asked first: it may have been declared with another expiry. */
  private static Future<Boolean> declare(AmqpConnection connection, ReplyQueue queue) {
    return connection
        .ask(channel -> channel.queueDeclarePassive(queue.name()))
        .map(true)
        .recover(cause -> cause instanceof BrokerRefusal refusal && refusal.code() == NOT_FOUND
            ? connection.ask(channel -> queue.declaration().declare(channel, queue.name()) == null)
            : Future.failedFuture(cause));
  }

  @Override
  public void delivered(Delivery delivery) {
    long tag = delivery.getEnvelope().getDeliveryTag();
    String id = delivery.getProperties().getCorrelationId();
    if (id == null) {
      LOG.warn("dropped a message without a correlation id from the reply queue of this process");
      channel.ack(tag);
      return;
    }
    TaskReply report = report(delivery);
    if (report == null) {
      transport
          .results()
          .arrived(new KeptResults.Reply(
              id,
              task -> ((SubmittedTask) task).read(delivery),
              () -> channel.ack(tag),
              () -> listener.lateReply(id)));
    } else {
      transport.results().forEach(id, task -> ((SubmittedTask) task).report(report));
      channel.ack(tag);
    }
  }

  /** Null for a reply, which is read in the way of the task that it belongs to. */
  private static @Nullable TaskReply report(Delivery delivery) {
    Map<String, Object> headers = delivery.getProperties().getHeaders();
    if (headers == null || headers.isEmpty()) {
      return null;
    }
    TaskReply reply = TaskReply.decode(delivery, Submission.RAW);
    return reply instanceof TaskReply.End ? null : reply;
  }

  @Override
  public void cancelled() {
    transport.repliesAreGone();
    onLost.accept(new IllegalStateException("the reply queue " + queue.name() + " was deleted"));
  }
}
