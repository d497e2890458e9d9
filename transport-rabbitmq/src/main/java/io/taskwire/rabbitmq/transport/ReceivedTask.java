/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.FailureCode;
import io.taskwire.rabbitmq.codec.Content;
import io.taskwire.rabbitmq.codec.DelayQueue;
import io.taskwire.rabbitmq.codec.ReplyEncoder;
import io.taskwire.rabbitmq.codec.RequestCopy;
import io.taskwire.rabbitmq.codec.TaskRequest;
import io.taskwire.rabbitmq.connection.PublishListener;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A delivered message. The order of settling is: the reply is published, the broker confirms that it has it, only then the
 * message is acknowledged; so a crash in between runs the task again, and never loses its result.
 */
final class ReceivedTask implements Delivery {

  private static final Logger LOG = LoggerFactory.getLogger(ReceivedTask.class);

  private final QueueConsumer consumer;
  private final TaskRequest request;
  private final Buffer payload;
  private final com.rabbitmq.client.Delivery message;
  private final Publisher publisher;

  private @Nullable Reports reports;
  private @Nullable Handler<Throwable> onLost;
  private @Nullable Throwable lost;
  private Settled lostAs = Settled.CONNECTION_LOST;
  private boolean hasSlot;
  private boolean settling;
  private boolean left;

  ReceivedTask(QueueConsumer consumer, com.rabbitmq.client.Delivery message) {
    this.consumer = consumer;
    this.message = message;
    this.request = TaskRequest.decode(message);
    this.payload = Buffer.buffer(message.getBody());
    this.publisher = consumer.session().publisher();
  }

  @Override
  public String id() {
    return request.id();
  }

  @Override
  public Buffer payload() {
    return payload;
  }

  @Override
  public Map<String, String> headers() {
    return request.headers();
  }

  @Override
  public OptionalInt attempt() {
    return request.attempt();
  }

  @Override
  public ReplyExpected replyExpected() {
    return request.replyTo() == null ? ReplyExpected.NO : ReplyExpected.YES;
  }

  boolean hasSlot() {
    return hasSlot;
  }

  /** It has a slot, and goes to its handler. */
  void begin() {
    hasSlot = true;
    if (request.wantsStart()) {
      Future<Void> unused = reports().send(ReplyEncoder.started(request));
    }
    consumer.begin(this);
  }

  @Override
  public Future<Settled> complete(Buffer result, Map<String, String> headers) {
    return settle(() -> {
      if (request.replyTo() == null) {
        return acknowledge();
      }
      Content reply = ReplyEncoder.result(request, consumer.spec().format(), result, headers);
      return publisher.isTooLarge(reply.body().length)
          ? reply(tooLarge(reply.body().length), this::acknowledge)
          : reply(reply, this::acknowledge);
    });
  }

  private Content tooLarge(int length) {
    String text = "the result takes " + length + " bytes, RabbitMQ takes messages of "
        + publisher.largestBody();
    LOG.error("Task \"{}\" ({}): {}", consumer.spec().taskName(), id(), text);
    return ReplyEncoder.failure(request, new Failure(FailureCode.TOO_LARGE, "", text, null));
  }

  @Override
  public Future<Settled> fail(Failure failure) {
    return settle(() -> replyFailure(failure, this::acknowledge));
  }

  @Override
  public Future<Settled> deadLetter(Failure failure) {
    boolean kept = consumer.session().transport().settings().hasDeadLetters();
    return settle(() -> replyFailure(failure, kept ? this::setAside : this::acknowledge));
  }

  private Future<Settled> replyFailure(Failure failure, Supplier<Future<Settled>> next) {
    return request.replyTo() == null
        ? next.get()
        : reply(ReplyEncoder.failure(request, failure), next);
  }

  /** Publishes the reply, and goes on when the broker has it; or knows of nobody who waits for it, which is no different. */
  private Future<Settled> reply(Content reply, Supplier<Future<Settled>> next) {
    String replyTo = request.replyTo();
    if (replyTo == null) {
      return next.get();
    }
    Promise<Settled> settled = Promise.promise();
    publisher.reply(replyTo, reply, new PublishListener() {
      @Override
      public void confirmed() {
        next.get().onComplete(settled);
      }

      /** Not mandatory, it is not returned. */
      @Override
      public void returned(int code, String text) {
        next.get().onComplete(settled);
      }

      @Override
      public void refused() {
        LOG.warn("RabbitMQ refused the reply of task {}: it will run again", id());
        requeue().onComplete(settled);
      }

      @Override
      public void lost(Throwable cause, boolean sent) {
        publisher.wasTooLarge(cause, reply.body().length);
        leave();
        settled.complete(Settled.CONNECTION_LOST);
      }
    });
    return settled.future();
  }

  /** A copy waits, and comes again counted; the broker confirms it before the task itself leaves. */
  @Override
  public Future<Settled> retry(Duration delay) {
    return settle(() -> {
      Content copy = RequestCopy.of(message, request.attempt().orElse(1) + 1);
      DelayQueue queue = delay.isZero() ? null : DelayQueue.of(delay);
      DeclaredQueues declared = consumer.session().declared();
      Future<Void> ready = queue == null ? Future.succeededFuture() : declared.delay(queue);
      return ready.transform((v, cause) -> {
        if (cause != null) {
          LOG.warn("Task {} cannot be kept back, and comes again at once", id(), cause);
          return requeue();
        }
        return publishAgain(queue == null ? "" : queue.name(), copy);
      });
    });
  }

  private Future<Settled> publishAgain(String exchange, Content copy) {
    Promise<Settled> settled = Promise.promise();
    publisher.publish(exchange, consumer.spec().taskName(), copy, new PublishListener() {
      @Override
      public void confirmed() {
        acknowledge().onComplete(settled);
      }

      @Override
      public void returned(int code, String text) {
        requeue().onComplete(settled);
      }

      @Override
      public void refused() {
        requeue().onComplete(settled);
      }

      @Override
      public void lost(Throwable cause, boolean sent) {
        leave();
        settled.complete(Settled.CONNECTION_LOST);
      }
    });
    return settled.future();
  }

  @Override
  public Future<Settled> giveBack() {
    return settle(this::requeue);
  }

  /** For one that has waited for a slot. */
  void giveBackUnbegun() {
    Future<Settled> unused = giveBack();
  }

  private Future<Settled> acknowledge() {
    return end(() -> consumer.channel().ack(tag()));
  }

  private Future<Settled> requeue() {
    return end(() -> consumer.channel().nack(tag(), true));
  }

  /** The broker hands it to the dead letters. */
  private Future<Settled> setAside() {
    return end(() -> consumer.channel().reject(tag()));
  }

  private long tag() {
    return message.getEnvelope().getDeliveryTag();
  }

  private Future<Settled> end(Runnable command) {
    if (lost != null) {
      leave();
      return Future.succeededFuture(lostAs);
    }
    command.run();
    leave();
    return Future.succeededFuture(Settled.DONE);
  }

  private Future<Settled> settle(Supplier<Future<Settled>> how) {
    if (settling) {
      throw new IllegalStateException("task " + id() + " is settled already");
    }
    settling = true;
    onLost = null;
    if (lost != null) {
      leave();
      return Future.succeededFuture(lostAs);
    }
    return how.get();
  }

  private void leave() {
    if (!left) {
      left = true;
      consumer.letGo(this);
    }
  }

  /** The broker gives it to another; its handler may be at work for long still, but its slot is free. */
  void lose(Throwable cause, Settled as) {
    if (lost != null) {
      return;
    }
    lost = cause;
    lostAs = as;
    leave();
    Handler<Throwable> handler = onLost;
    onLost = null;
    if (handler != null) {
      handler.handle(cause);
    }
  }

  @Override
  public Future<Void> progress(long done, long total) {
    return report(() -> ReplyEncoder.progress(request, done, total));
  }

  @Override
  public Future<Void> data(Buffer chunk) {
    return report(() -> ReplyEncoder.data(request, chunk));
  }

  private Future<Void> report(Supplier<Content> report) {
    if (settling) {
      return Future.failedFuture(new IllegalStateException("task " + id() + " is settled already"));
    }
    if (lost != null) {
      return Future.failedFuture(lost);
    }
    return request.marked() && request.replyTo() != null
        ? reports().send(report.get())
        : Future.succeededFuture();
  }

  private Reports reports() {
    if (reports == null) {
      reports = new Reports(publisher, request, consumer.spec().taskName());
    }
    return reports;
  }

  @Override
  public void onLeaseLost(Handler<Throwable> handler) {
    if (lost != null) {
      handler.handle(lost);
    } else {
      onLost = handler;
    }
  }

  @Override
  public void onCancel(Handler<Void> handler) {
    // A running task cannot be cancelled here, and the capabilities say so.
  }
}
