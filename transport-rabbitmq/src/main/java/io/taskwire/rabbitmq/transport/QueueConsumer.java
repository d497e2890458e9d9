/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.FailureCode;
import io.taskwire.rabbitmq.codec.QueueNames;
import io.taskwire.rabbitmq.connection.ConsumeChannel;
import io.taskwire.rabbitmq.connection.DeliveryReceiver;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Settled;
import io.taskwire.spi.SharedByHosts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker for the tasks of one name, on a channel of its own. */
final class QueueConsumer implements Consumer, DeliveryReceiver {

  private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);

  /** How long a broker may take to answer to the end of a consumer whose tasks it has back. */
  private static final long CLOSE_LIMIT_MILLIS = 1000;

  private final RabbitmqSession session;
  private final ConsumerSpec spec;
  private final ConsumerListener listener;
  private final ConsumeChannel channel;
  private final TaskSlots slots;

  /** Delivered by the broker, and not settled. */
  private final Set<ReceivedTask> held = new LinkedHashSet<>();

  private Future<Void> cancelled = Future.succeededFuture();

  private final Promise<Void> drained = Promise.promise();

  private boolean stopped;
  private boolean draining;
  private boolean ended;

  private QueueConsumer(
      RabbitmqSession session,
      ConsumerSpec spec,
      ConsumerListener listener,
      ConsumeChannel channel) {
    this.session = session;
    this.spec = spec;
    this.listener = listener;
    this.channel = channel;
    SharedByHosts shared = spec.shared();
    this.slots = shared == null
        ? new TaskSlots(spec.concurrency())
        : shared.get(TaskSlots.class, () -> new TaskSlots(spec.concurrency()));
  }

  /** Completes when the broker has answered that it knows of the consumer. */
  static Future<QueueConsumer> start(
      RabbitmqSession session, ConsumerSpec spec, ConsumerListener listener) {
    QueueSettings settings = session.transport().settings();
    String queue;
    try {
      queue = QueueNames.ofTask(spec.taskName());
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(new BrokerConnectException(
          "no queue for task \"" + spec.taskName() + "\": " + e.getMessage(), false, e));
    }
    return session
        .declared()
        .task(queue)
        .compose(declared -> session
            .consuming()
            .openConsumer(settings.prefetchSize(), settings.prefetch(spec.concurrency())))
        .compose(channel -> {
          QueueConsumer consumer = new QueueConsumer(session, spec, listener, channel);
          session.add(consumer);
          return channel
              .consume(queue, consumer)
              .map(tag -> consumer.opened())
              .onFailure(cause -> consumer.close());
        })
        .recover(cause -> Future.failedFuture(refused(session, spec.taskName(), cause)));
  }

  private static BrokerConnectException refused(
      RabbitmqSession session, String taskName, Throwable cause) {
    session.declared().forgetTask(taskName);
    if (cause instanceof QueueRefusedException refused) {
      return new BrokerConnectException(
          String.valueOf(refused.getMessage()), refused.mayPass(), refused);
    }
    return QueueRefusedException.consuming(taskName, session.transport().broker(), cause);
  }

  private QueueConsumer opened() {
    channel.closed().onSuccess(this::lose);
    return this;
  }

  ConsumerSpec spec() {
    return spec;
  }

  RabbitmqSession session() {
    return session;
  }

  ConsumeChannel channel() {
    return channel;
  }

  @Override
  public void delivered(com.rabbitmq.client.Delivery delivery) {
    ReceivedTask task = new ReceivedTask(this, delivery);
    held.add(task);
    if (stopped) {
      task.giveBackUnbegun();
    } else if (task.payload().length() > session.transport().context().maxPayload()) {
      String text = "the payload has " + task.payload().length()
          + " bytes, more than this worker's maxPayload";
      refuse(task, new Failure(FailureCode.TOO_LARGE, "", text, null));
    } else if (task.attempt().orElse(1) > spec.maxAttempts()) {
      String text = "delivered " + (task.attempt().orElse(1) - 1)
          + " times and never settled, maxAttempts is " + spec.maxAttempts();
      refuse(task, new Failure(FailureCode.REJECTED, "", text, null));
    } else {
      slots.offer(task);
    }
  }

  /** Settles a task that its handler never sees. */
  private void refuse(ReceivedTask task, Failure failure) {
    LOG.error(
        "Task \"{}\" ({}) is not begun: {}; set aside",
        spec.taskName(),
        task.id(),
        failure.message());
    Future<Settled> unused = task.deadLetter(failure);
  }

  /** A task has got a slot. */
  void begin(ReceivedTask task) {
    listener.deliver(task);
  }

  /** The task is not this consumer's any more. */
  void letGo(ReceivedTask task) {
    held.remove(task);
    if (task.hasSlot()) {
      slots.free();
    } else {
      slots.forget(task);
    }
    checkDrained();
  }

  @Override
  public void pause() {
    if (!stopped) {
      stop();
    }
  }

  /** Has the broker send no more, and gives back what was not begun. */
  private Future<Void> stop() {
    stopped = true;
    giveBackUnbegun();
    cancelled = channel.cancel();
    return cancelled;
  }

  private void giveBackUnbegun() {
    for (ReceivedTask task : List.copyOf(held)) {
      if (!task.hasSlot()) {
        task.giveBackUnbegun();
      }
    }
  }

  @Override
  public void resume() {
    if (stopped && !draining && !ended) {
      stopped = false;
      cancelled.onComplete(done -> {
        if (!stopped && !ended) {
          channel.consume(spec.taskName(), this).onFailure(this::lose);
        }
      });
    }
  }

  @Override
  public Future<Void> drain() {
    if (!draining && !ended) {
      draining = true;
      Future<Void> cancelled = stopped ? Future.succeededFuture() : stop();
      cancelled.onComplete(done -> checkDrained());
    }
    return drained.future();
  }

  private void checkDrained() {
    if (draining && !ended && held.isEmpty()) {
      end();
    }
  }

  /** Closing is a round trip: what was acknowledged before it has been taken. */
  private void end() {
    ended = true;
    session.remove(this);
    channel.close().onComplete(done -> drained.tryComplete());
  }

  @Override
  public Future<Void> close() {
    if (!ended) {
      loseHeld(
          new BrokerConnectException(
              "the worker was closed, the broker has the task again", true, null),
          Settled.CONNECTION_LOST);
      end();
    }
    return drained.future().timeout(CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  private void loseHeld(Throwable cause, Settled as) {
    for (ReceivedTask task : List.copyOf(held)) {
      task.lose(cause, as);
    }
  }

  /** The channel, or the connection with it, is gone. */
  void lose(Throwable cause) {
    if (ended) {
      return;
    }
    loseHeld(cause, Settled.CONNECTION_LOST);
    end();
    listener.lost(
        QueueRefusedException.consuming(spec.taskName(), session.transport().broker(), cause));
  }

  /** The queue was deleted, or its node is gone. */
  @Override
  public void cancelled() {
    session.declared().forgetTask(spec.taskName());
    lose(new BrokerConnectException(
        "RabbitMQ at " + session.transport().broker() + " has ended the consumer of \""
            + spec.taskName() + "\": its queue was deleted, or has moved",
        true,
        null));
  }
}
