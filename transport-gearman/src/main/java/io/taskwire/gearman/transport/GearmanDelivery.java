/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.FailureCode;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkStatus;
import io.taskwire.spi.Bag;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Envelope;
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
 * A job that this worker holds. Its result is its acknowledgement: one packet, to which the server sends no answer. What must
 * be at the server before that, a reply or a dead letter, is sent and answered first.
 */
final class GearmanDelivery extends Bag.Element implements Delivery {

  private static final Logger LOG = LoggerFactory.getLogger(GearmanDelivery.class);

  private static final Future<Settled> DONE = Future.succeededFuture(Settled.DONE);
  private static final Future<Settled> CONNECTION_LOST =
      Future.succeededFuture(Settled.CONNECTION_LOST);
  private static final Buffer NOTHING = Buffer.buffer(0);
  private static final String OUTCOME_LOST = "its outcome is lost";

  private final GearmanConsumer consumer;
  private final String handle;
  private final Envelope request;
  private final int attempt;

  /** Where the outcome goes besides; null for nearly every task. */
  private final @Nullable ReplyAddress reply;

  private boolean settled;
  private @Nullable Throwable lost;
  private @Nullable Handler<Throwable> leaseLost;

  /** Waits for what must be at the server first. */
  private @Nullable Promise<Settled> settling;

  GearmanDelivery(GearmanConsumer consumer, String handle, Envelope request, int attempt) {
    this.consumer = consumer;
    this.handle = handle;
    this.request = request;
    this.attempt = attempt;
    this.reply = request.headers().isEmpty() ? null : ReplyAddress.of(request.headers());
  }

  /** The same job once more, after a retry. */
  GearmanDelivery again() {
    return new GearmanDelivery(consumer, handle, request, attempt + 1);
  }

  @Override
  public String id() {
    return reply == null ? handle : reply.id();
  }

  @Override
  public Buffer payload() {
    return request.payload();
  }

  @Override
  public Map<String, String> headers() {
    return request.headers();
  }

  @Override
  public OptionalInt attempt() {
    // A server does not say whether another worker had the job before.
    return attempt == 1 ? OptionalInt.empty() : OptionalInt.of(attempt);
  }

  @Override
  public ReplyExpected replyExpected() {
    return reply == null ? ReplyExpected.UNKNOWN : ReplyExpected.YES;
  }

  @Override
  public Future<Settled> complete(Buffer result, Map<String, String> headers) {
    if (result.length() > consumer.maxPayload()) {
      return fail(consumer.tooLarge("the result", result.length()));
    }
    if (!settle()) {
      return CONNECTION_LOST;
    }
    if (reply != null) {
      return settleBehind(consumer.replySender().send(reply, headers, result), OUTCOME_LOST, () -> {
        consumer.send(new WorkComplete(handle, NOTHING));
        return done();
      });
    }
    Buffer body = Envelope.wrapReply(consumer.envelope(), request.present(), headers, result);
    consumer.send(new WorkComplete(handle, body));
    return done();
  }

  private Future<Settled> done() {
    consumer.settled(this);
    return DONE;
  }

  @Override
  public Future<Settled> fail(Failure failure) {
    return settle() ? tell(failure) : CONNECTION_LOST;
  }

  private Future<Settled> tell(Failure failure) {
    if (reply != null) {
      return settleBehind(
          consumer.replySender().send(reply, failure.toHeaders(), NOTHING),
          OUTCOME_LOST,
          this::failSilently);
    }
    if (request.present()) {
      consumer.send(new WorkException(handle, Envelope.encode(failure.toHeaders(), NOTHING)));
    } else if (consumer.failures() == FailureStyle.EXCEPTION) {
      consumer.send(new WorkException(handle, failure.toText()));
    } else {
      return failSilently();
    }
    return done();
  }

  private Future<Settled> failSilently() {
    consumer.send(new WorkFail(handle));
    return done();
  }

  /**
   * Ends the job when something else is at the server, and also when the server will not have it.
   *
   * @param refused what it means if the server will not, for the log
   */
  private Future<Settled> settleBehind(
      Future<Void> sent, String refused, Supplier<Future<Settled>> end) {
    Promise<Settled> promise = Promise.promise();
    settling = promise;
    sent.onComplete(answer -> {
      if (lost != null) {
        return;
      }
      if (answer.failed() && !OwnJob.isRefusal(answer.cause())) {
        // The connection beside this one is lost, and this one with it at any moment.
        promise.tryComplete(Settled.CONNECTION_LOST);
        return;
      }
      if (answer.failed()) {
        LOG.error(
            "Task \"{}\" ({}): {}: {}",
            consumer.taskName(),
            id(),
            refused,
            answer.cause().getMessage());
      }
      end.get().onComplete(promise);
    });
    return promise.future();
  }

  @Override
  public Future<Settled> retry(Duration delay) {
    if (lost != null) {
      settle();
      return CONNECTION_LOST;
    }
    String refusal = consumer.refuseRetry(attempt, delay);
    if (refusal != null) {
      LOG.error(
          "Task \"{}\" ({}) is not tried again and fails: {}", consumer.taskName(), id(), refusal);
      Failure failure = new Failure(FailureCode.REJECTED, "io.taskwire.TaskRetry", refusal, null);
      return consumer.keepsDeadLetters() ? deadLetter(failure) : fail(failure);
    }
    settle();
    consumer.hold(this, delay);
    return DONE;
  }

  @Override
  public Future<Settled> deadLetter(Failure failure) {
    if (!settle()) {
      return CONNECTION_LOST;
    }
    return settleBehind(
        consumer.deadLetters().keep(consumer.taskName(), id(), request, failure),
        "it cannot be kept as a dead letter",
        () -> tell(failure));
  }

  @Override
  public Future<Settled> giveBack() {
    if (settle()) {
      consumer.givenBack(this);
      return DONE;
    }
    return CONNECTION_LOST;
  }

  /** Returns false when the connection is lost, and with it the job. */
  private boolean settle() {
    if (settled) {
      throw new IllegalStateException(
          "task \"" + consumer.taskName() + "\" (" + id() + ") is settled already");
    }
    settled = true;
    return lost == null;
  }

  @Override
  public Future<Void> progress(long done, long total) {
    Throwable end = end();
    if (end != null) {
      return Future.failedFuture(end);
    }
    consumer.send(new WorkStatus(handle, done, total));
    return consumer.room();
  }

  @Override
  public Future<Void> data(Buffer chunk) {
    Throwable end = end();
    if (end != null) {
      return Future.failedFuture(end);
    }
    consumer.send(new WorkData(handle, chunk));
    return consumer.room();
  }

  private @Nullable Throwable end() {
    return settled
        ? new IllegalStateException(
            "task \"" + consumer.taskName() + "\" (" + id() + ") is settled already")
        : lost;
  }

  @Override
  public void onLeaseLost(Handler<Throwable> handler) {
    if (lost == null) {
      leaseLost = handler;
    } else {
      handler.handle(lost);
    }
  }

  @Override
  public void onCancel(Handler<Void> handler) {
    // A server does not tell its workers.
  }

  /** The connection is lost; the server hands the job to another worker. */
  void lost(Throwable cause) {
    lost = cause;
    if (settling != null) {
      settling.tryComplete(Settled.CONNECTION_LOST);
    }
    Handler<Throwable> handler = leaseLost;
    leaseLost = null;
    if (handler != null) {
      handler.handle(cause);
    }
  }
}
