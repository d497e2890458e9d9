/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkStatus;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A job that this worker holds. Its result is its acknowledgement: one packet, to which the server sends no answer. */
final class GearmanDelivery implements Delivery {

  private static final Future<Settled> DONE = Future.succeededFuture(Settled.DONE);
  private static final Future<Settled> CONNECTION_LOST =
      Future.succeededFuture(Settled.CONNECTION_LOST);

  private final GearmanConsumer consumer;
  private final String handle;
  private final Envelope request;
  private boolean settled;
  private @Nullable Throwable lost;
  private @Nullable Handler<Throwable> leaseLost;

  GearmanDelivery(GearmanConsumer consumer, String handle, Envelope request) {
    this.consumer = consumer;
    this.handle = handle;
    this.request = request;
  }

  @Override
  public String id() {
    return handle;
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
    return OptionalInt.empty();
  }

  @Override
  public ReplyExpected replyExpected() {
    return ReplyExpected.UNKNOWN;
  }

  @Override
  public Future<Settled> complete(Buffer result, Map<String, String> headers) {
    if (result.length() > consumer.maxPayload()) {
      return fail(consumer.tooLarge("the result", result.length()));
    }
    if (settle()) {
      Buffer body = Envelope.wrapReply(consumer.envelope(), request.present(), headers, result);
      consumer.send(new WorkComplete(handle, body));
      consumer.settled(this);
      return DONE;
    }
    return CONNECTION_LOST;
  }

  @Override
  public Future<Settled> fail(Failure failure) {
    if (settle()) {
      Buffer body = request.present()
          ? Envelope.encode(failure.toHeaders(), Buffer.buffer(0))
          : failure.toText();
      consumer.send(new WorkException(handle, body));
      consumer.settled(this);
      return DONE;
    }
    return CONNECTION_LOST;
  }

  @Override
  public Future<Settled> retry(Duration delay) {
    throw new UnsupportedOperationException(
        "Gearman has no retry with delay, as the capabilities say");
  }

  @Override
  public Future<Settled> deadLetter(Failure failure) {
    throw new UnsupportedOperationException("Gearman has no dead letters, as the capabilities say");
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
          "task \"" + consumer.taskName() + "\" (" + handle + ") is settled already");
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
            "task \"" + consumer.taskName() + "\" (" + handle + ") is settled already")
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
    Handler<Throwable> handler = leaseLost;
    leaseLost = null;
    if (handler != null) {
      handler.handle(cause);
    }
  }
}
