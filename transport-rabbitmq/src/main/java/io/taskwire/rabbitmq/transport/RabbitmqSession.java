/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.Capabilities;
import io.taskwire.rabbitmq.connection.AmqpConnection;
import io.taskwire.rabbitmq.connection.PublishChannel;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The live connections of a queue: one publishes tasks and replies, the other consumes, acknowledges and asks. The broker
 * stops reading from a connection that publishes while it is short of memory; acknowledgements must not be stuck in it.
 */
final class RabbitmqSession implements Session {

  private final RabbitmqTransport transport;
  private final AmqpConnection publishing;
  private final AmqpConnection consuming;
  private final SessionListener listener;
  private final Publisher publisher;
  private final DeclaredQueues declared;
  private final Submitter submitter;
  private final Set<QueueConsumer> consumers = new LinkedHashSet<>();

  private @Nullable Future<Void> replies;
  private boolean handedOut;
  private boolean ended;

  RabbitmqSession(
      RabbitmqTransport transport,
      AmqpConnection publishing,
      AmqpConnection consuming,
      PublishChannel channel,
      SessionListener listener) {
    this.transport = transport;
    this.publishing = publishing;
    this.consuming = consuming;
    this.listener = listener;
    this.publisher = new Publisher(transport, channel);
    this.declared = new DeclaredQueues(consuming, transport);
    this.submitter = new Submitter(this);
    publishing.onRelieved(listener::writable);
    publishing.closed().onSuccess(this::lose);
    consuming.closed().onSuccess(this::lose);
  }

  /** From now on the queue has this session, and is told of its loss; fails if it is lost already. */
  Future<Session> handOut() {
    handedOut = !ended;
    return ended ? Future.failedFuture(transport.notConnected()) : Future.succeededFuture(this);
  }

  RabbitmqTransport transport() {
    return transport;
  }

  Publisher publisher() {
    return publisher;
  }

  DeclaredQueues declared() {
    return declared;
  }

  AmqpConnection consuming() {
    return consuming;
  }

  @Override
  public Capabilities capabilities() {
    return transport.capabilities();
  }

  @Override
  public void submit(Submission submission, SubmitListener submitListener) {
    submitter.submit(submission, submitListener);
  }

  @Override
  public boolean isWritable() {
    return publishing.isWritable();
  }

  /** Begins to read the reply queue, once; fails with a {@link QueueRefusedException}, or costs the session. */
  Future<Void> readReplies() {
    Future<Void> begun = replies;
    if (begun == null) {
      begun = ReplyReader.start(
              transport, consuming, transport.readsReplies(), listener, this::lose)
          .onSuccess(reading -> transport.readRepliesFromNowOn());
      replies = begun;
      begun.onFailure(cause -> {
        if (cause instanceof QueueRefusedException) {
          replies = null; // tasks without a result go on; the next with one asks again
        } else {
          lose(cause);
        }
      });
    }
    return begun;
  }

  boolean readsReplies() {
    return replies != null && replies.succeeded();
  }

  @Override
  public Future<Consumer> consume(ConsumerSpec spec, ConsumerListener consumerListener) {
    return ended
        ? Future.failedFuture(transport.notConnected())
        : QueueConsumer.start(this, spec, consumerListener).map(consumer -> consumer);
  }

  void add(QueueConsumer consumer) {
    consumers.add(consumer);
  }

  void remove(QueueConsumer consumer) {
    consumers.remove(consumer);
  }

  @Override
  public Future<Void> ping() {
    return consuming
        .ask(channel -> {
          channel.basicQos(0);
          return true;
        })
        .mapEmpty();
  }

  @Override
  public Future<Void> close() {
    if (ended) {
      return Future.succeededFuture();
    }
    ended = true;
    return closeAll();
  }

  /** Ends a session that nobody was given. */
  void abort() {
    ended = true;
    Future<Void> unused = closeAll();
  }

  private Future<Void> closeAll() {
    transport.ended(this);
    submitter.end();
    List<Future<Void>> closing = new ArrayList<>();
    for (QueueConsumer consumer : List.copyOf(consumers)) {
      closing.add(consumer.close());
    }
    closing.add(publishing.close());
    closing.add(consuming.close());
    return Future.join(closing).otherwiseEmpty().mapEmpty();
  }

  private void lose(Throwable cause) {
    if (ended) {
      return;
    }
    ended = true;
    BrokerConnectException why = BrokerConnectException.of(transport.broker(), cause);
    for (QueueConsumer consumer : List.copyOf(consumers)) {
      consumer.lose(why);
    }
    transport.ended(this);
    submitter.end();
    // Their publishes without an answer are told of it now, and the session's listener after them.
    publishing.end(why);
    consuming.end(why);
    if (handedOut) {
      transport.context().context().runOnContext(turn -> listener.lost(why));
    }
  }
}
