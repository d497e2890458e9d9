/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.FailureCode;
import io.taskwire.Progress;
import io.taskwire.spi.Bag;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task; its own event in the inbox of its consumer's queue. Its fields belong to that queue's loop, the
 * task to the broker's lock.
 */
final class MemoryDelivery extends Bag.Element implements Delivery, Runnable {

  private static final Future<Settled> DONE = Future.succeededFuture(Settled.DONE);
  private static final Future<Settled> CONNECTION_LOST =
      Future.succeededFuture(Settled.CONNECTION_LOST);

  private final MemoryTask task;
  private final MemoryConsumer consumer;
  private final Broker broker;
  private final int attempt;
  private boolean handed;
  private boolean revoked;
  private boolean settled;
  private boolean cancelled;
  private @Nullable Future<Settled> lost;
  private @Nullable Throwable lostBecause;
  private @Nullable Handler<Throwable> leaseLostHandler;
  private @Nullable Handler<Void> cancelHandler;

  MemoryDelivery(MemoryTask task, MemoryConsumer consumer, int attempt) {
    this.task = task;
    this.consumer = consumer;
    this.broker = consumer.port.broker;
    this.attempt = attempt;
  }

  /** Hands the task to the consumer's listener. */
  @Override
  public void run() {
    if (!revoked) {
      handed = true;
      consumer.listener.deliver(this);
    }
  }

  /**
   * Takes the task back if the listener has not seen it, as if it had not been assigned. Under the lock.
   *
   * @return false if the listener has seen it
   */
  boolean revoke() {
    if (handed) {
      return false;
    }
    revoked = true;
    task.attempts--;
    broker.back(task);
    return true;
  }

  /** Takes the task back though the listener has it. Under the lock. */
  void lose(Throwable cause, Settled answer) {
    lost = Future.succeededFuture(answer);
    lostBecause = cause;
    task.deadlineMet();
    broker.back(task);
    consumer.port.post(() -> {
      Handler<Throwable> told = leaseLostHandler;
      leaseLostHandler = null;
      if (told != null && !settled) {
        told.handle(cause);
      }
    });
  }

  /** Has the handler told that the caller gave the task up. Under the lock. */
  void cancel() {
    consumer.port.post(() -> {
      Handler<Void> told = cancelHandler;
      cancelHandler = null;
      cancelled = true;
      if (told != null && !settled) {
        told.handle(null);
      }
    });
  }

  @Override
  public String id() {
    return task.id();
  }

  @Override
  public Buffer payload() {
    return Buffer.buffer(task.payload);
  }

  @Override
  public Map<String, String> headers() {
    return task.headers;
  }

  @Override
  public OptionalInt attempt() {
    return OptionalInt.of(attempt);
  }

  @Override
  public ReplyExpected replyExpected() {
    broker.enter();
    try {
      return task.isReplyExpected() ? ReplyExpected.YES : ReplyExpected.NO;
    } finally {
      broker.exit();
    }
  }

  @Override
  public Future<Settled> complete(Buffer result, Map<String, String> headers) {
    settle();
    if (lost != null) {
      return lost;
    }
    int limit = consumer.port.maxPayload;
    broker.enter();
    try {
      if (result.length() > limit) {
        String message = Port.tooLarge("the result", result.length(), limit);
        task.fail(new Failure(FailureCode.TOO_LARGE, "", message, null));
      } else {
        task.complete(result, Broker.copy(headers));
      }
      return end();
    } finally {
      broker.exit();
    }
  }

  @Override
  public Future<Settled> fail(Failure failure) {
    settle();
    if (lost != null) {
      return lost;
    }
    broker.enter();
    try {
      task.fail(failure);
      return end();
    } finally {
      broker.exit();
    }
  }

  private Future<Settled> end() {
    if (broker.losesAcknowledgement()) {
      return miss();
    }
    broker.finish(task);
    return release(DONE);
  }

  private Future<Settled> miss() {
    task.deadlineMet();
    broker.back(task);
    return release(CONNECTION_LOST);
  }

  private Future<Settled> release(Future<Settled> answer) {
    consumer.release(this);
    broker.dispatch(task.named());
    return answer;
  }

  @Override
  public Future<Settled> retry(Duration delay) {
    settle();
    if (lost != null) {
      return lost;
    }
    broker.enter();
    try {
      if (broker.losesAcknowledgement()) {
        return miss();
      }
      if (attempt >= consumer.spec.maxAttempts()) {
        broker.exhaust(task, consumer);
      } else {
        broker.again(task, delay);
      }
      return release(DONE);
    } finally {
      broker.exit();
    }
  }

  @Override
  public Future<Settled> deadLetter(Failure failure) {
    settle();
    if (lost != null) {
      return lost;
    }
    broker.enter();
    try {
      if (broker.losesAcknowledgement()) {
        return miss();
      }
      broker.bury(task, failure, consumer.port);
      return release(DONE);
    } finally {
      broker.exit();
    }
  }

  @Override
  public Future<Settled> giveBack() {
    settle();
    if (lost != null) {
      return lost;
    }
    broker.enter();
    try {
      if (broker.losesAcknowledgement()) {
        return miss();
      }
      broker.back(task);
      return release(DONE);
    } finally {
      broker.exit();
    }
  }

  private void settle() {
    if (settled) {
      throw new IllegalStateException("task \"" + task.name() + "\" (" + id()
          + ") is settled already; a delivery is settled once");
    }
    settled = true;
  }

  @Override
  public Future<Void> progress(long done, long total) {
    IllegalStateException over = refusal();
    if (over != null) {
      return Future.failedFuture(over);
    }
    broker.enter();
    try {
      task.progress = new Progress(done, total);
      return Report.ofProgress(consumer.port, done, total).send(task);
    } finally {
      broker.exit();
    }
  }

  @Override
  public Future<Void> data(Buffer chunk) {
    IllegalStateException over = refusal();
    if (over != null) {
      return Future.failedFuture(over);
    }
    broker.enter();
    try {
      return Report.ofData(consumer.port, chunk).send(task);
    } finally {
      broker.exit();
    }
  }

  private @Nullable IllegalStateException refusal() {
    if (lost != null) {
      return new IllegalStateException(
          "task \"" + task.name() + "\" (" + id() + ") is not this worker's any more", lostBecause);
    }
    return settled
        ? new IllegalStateException("task \"" + task.name() + "\" (" + id() + ") is settled")
        : null;
  }

  @Override
  public void onLeaseLost(Handler<Throwable> handler) {
    if (lostBecause != null) {
      handler.handle(lostBecause);
    } else {
      leaseLostHandler = handler;
    }
  }

  @Override
  public void onCancel(Handler<Void> handler) {
    if (cancelled) {
      handler.handle(null);
    } else {
      cancelHandler = handler;
    }
  }
}
