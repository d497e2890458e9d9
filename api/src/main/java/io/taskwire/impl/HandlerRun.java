/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.FailureCode;
import io.taskwire.Feature;
import io.taskwire.OnFailure;
import io.taskwire.TaskContext;
import io.taskwire.TaskException;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Settled;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task in the hands of one handler, from delivery until the broker has taken note of its end. */
final class HandlerRun extends TimedTask implements TaskContext, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerRun.class);

  /** The queue whose handler the current thread is in, if it is in one. */
  static final ThreadLocal<@Nullable Handlers> CURRENT = new ThreadLocal<>();

  private final HandlerRegistration registration;
  private final Handlers handlers;
  private final Delivery delivery;

  /** Written by the handler's thread, read by the loop after it was handed over. */
  private @Nullable Outcome outcome;

  private boolean settled;

  /** Whether the listeners know of its end. */
  private boolean reported;

  /** Written by the loop, read by the handler. */
  private volatile boolean cancelled;

  /** Guarded by this: the loop interrupts, the handler's thread comes and goes. */
  private @Nullable Thread thread;

  /** Guarded by this: handlers ask for it, the loop completes it. */
  private @Nullable Promise<Void> cancelledPromise;

  HandlerRun(HandlerRegistration registration, Delivery delivery) {
    this.registration = registration;
    this.handlers = registration.handlers();
    this.delivery = delivery;
  }

  void start() {
    delivery.onLeaseLost(this::leaseLost);
    if (handlers.gate().has(Feature.CANCEL_RUNNING)) {
      delivery.onCancel(ignored -> cancel());
    }
    if (!registration.settings().timeLimit().isZero()) {
      handlers.wheel().add(this, registration.settings().timeLimit());
    }
    if (!handlers.listeners().none()) {
      handlers.listeners().tell(l -> l.started(taskName(), id()));
    }
    if (registration.invoker() instanceof Invoker.Async async) {
      runAsync(async);
    } else {
      handlers.threads().execute(this);
    }
  }

  private void runAsync(Invoker.Async handler) {
    Object input;
    try {
      input = decode();
    } catch (RuntimeException | StackOverflowError e) {
      settle(Outcome.undecodable(e));
      return;
    }
    Future<?> result;
    CURRENT.set(handlers);
    try {
      result = handler.call(input, this);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      settle(Outcome.thrown(e));
      return;
    } finally {
      CURRENT.set(null);
    }
    if (result == null) {
      settle(Outcome.thrown(
          new NullPointerException("an asynchronous handler returned null in place of a future")));
      return;
    }
    if (result.isComplete()) { // as with most handlers that never wait
      settle(outcomeOf(result));
    } else {
      result.onComplete(ended -> {
        outcome = outcomeOf(ended);
        handlers.loop().execute(this);
      });
    }
  }

  private Outcome outcomeOf(AsyncResult<?> ended) {
    return ended.succeeded() ? encode(ended.result()) : Outcome.thrown(ended.cause());
  }

  /** Runs a blocking handler, on a thread of its own. */
  @Override
  public void run() {
    synchronized (this) {
      thread = Thread.currentThread();
    }
    CURRENT.set(handlers);
    try {
      outcome = call();
    } finally {
      CURRENT.set(null);
      synchronized (this) {
        thread = null;
        Thread.interrupted(); // an interrupt at the time limit must not hit the next task of this
        // thread
      }
      handlers.loop().leave(this);
    }
  }

  private Outcome call() {
    Object input;
    try {
      input = decode();
    } catch (RuntimeException | StackOverflowError e) {
      return Outcome.undecodable(e);
    }
    try {
      return encode(((Invoker.Blocking) registration.invoker()).call(input, this));
    } catch (Throwable e) { // whatever a handler throws fails its task, not the thread
      return Outcome.thrown(e);
    }
  }

  private @Nullable Object decode() {
    return registration
        .codec()
        .decode(delivery.payload(), delivery.headers(), registration.type().inputType());
  }

  private Outcome encode(@Nullable Object value) {
    if (value instanceof Future) {
      return Outcome.unencodable(
          new IllegalStateException(
              "a blocking handler returned a Future; register it with onAsync, or await the future in it"));
    }
    try {
      Buffer result = registration
          .codec()
          .encodeReply(delivery.headers(), value, registration.type().outputType());
      int most = registration.settings().maxPayload();
      return result.length() > most
          ? Outcome.tooLarge(result.length(), most)
          : new Outcome.Done(result);
    } catch (RuntimeException | StackOverflowError e) {
      return Outcome.unencodable(e);
    }
  }

  @Override
  void runOnLoop() {
    Outcome ended = outcome;
    settle(
        ended == null
            ? Outcome.thrown(new IllegalStateException("the handler's thread died"))
            : ended);
  }

  @Override
  void expired() {
    String limit = registration.settings().timeLimit().toMillis() / 1000.0 + " s";
    Throwable cause = new TimeoutException("the handler took longer than " + limit);
    settle(new Outcome.Failed(
        new Failure(
            FailureCode.TIMEOUT,
            cause.getClass().getName(),
            String.valueOf(cause.getMessage()),
            null),
        cause));
    abort();
  }

  /** Gives the run up: the handler is told, and interrupted if it blocks. */
  void abort() {
    cancel();
    synchronized (this) {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /** Nobody will wait for it any more, and the broker has its task again: this is its end, whenever the handler returns. */
  void giveUp() {
    abort();
    reportLost();
  }

  private void reportLost() {
    if (!reported) {
      reported = true;
      handlers.listeners().tell(l -> l.leaseLost(taskName(), id()));
    }
  }

  private void leaseLost(Throwable cause) {
    if (settled) {
      return;
    }
    if (cause
        instanceof
        BrokerConnectException) { // it hits all tasks of the connection, and is told once for all
      LOG.debug("Task \"{}\" ({}) is lost while its handler runs", taskName(), id(), cause);
    } else {
      LOG.warn(
          "Task \"{}\" ({}) is lost while its handler runs, and may be delivered again: {}",
          taskName(),
          id(),
          cause.getMessage());
    }
    cancel();
  }

  private void cancel() {
    cancelled = true;
    Promise<Void> waiting;
    synchronized (this) {
      waiting = cancelledPromise;
    }
    if (waiting != null) {
      Answers.succeed(waiting, null);
    }
  }

  private void settle(Outcome ended) {
    if (settled) {
      return; // out of time before
    }
    settled = true;
    handlers.wheel().remove(this);
    Future<Settled> note = tellBroker(ended);
    if (note.isComplete()) {
      told(note);
    } else {
      note.onComplete(this::told);
    }
  }

  private void told(AsyncResult<Settled> note) {
    registration.finished(this);
    if (note.succeeded() && note.result() != Settled.DONE) {
      LOG.debug(
          "Task \"{}\" ({}) was lost before it could be settled: {}",
          taskName(),
          id(),
          note.result());
      reportLost();
    } else if (!reported) {
      reported = true;
      if (!handlers.listeners().none()) {
        handlers.listeners().tell(l -> l.finished(taskName(), id()));
      }
    }
  }

  private Future<Settled> tellBroker(Outcome ended) {
    if (ended instanceof Outcome.Done done) {
      return delivery.complete(
          done.result(), registration.codec().replyHeaders(delivery.headers()));
    }
    if (ended instanceof Outcome.Again again) {
      return again(again);
    }
    if (ended instanceof Outcome.Refused refused) {
      return fail(refused.failure(), refused.cause(), true);
    }
    Outcome.Failed failed = (Outcome.Failed) ended;
    return fail(failed.failure(), failed.cause(), false);
  }

  private Future<Settled> again(Outcome.Again again) {
    OptionalInt attempt = delivery.attempt();
    int most = registration.settings().maxAttempts();
    if (attempt.isPresent() && attempt.getAsInt() >= most) {
      String text = "asked for another attempt after the last of maxAttempts=" + most;
      return fail(
          new Failure(FailureCode.REJECTED, "io.taskwire.TaskRetry", text, null),
          again.cause(),
          true);
    }
    if (!handlers.gate().has(Feature.RETRY)) {
      String text = "asked for another attempt, which this transport cannot give";
      return fail(
          new Failure(FailureCode.REJECTED, "io.taskwire.TaskRetry", text, null),
          again.cause(),
          false);
    }
    return delivery.retry(again.delay());
  }

  private Future<Settled> fail(Failure failure, Throwable cause, boolean forGood) {
    handlers.listeners().tell(l -> l.handlerFailed(taskName(), id(), cause));
    Delivery.ReplyExpected expected = delivery.replyExpected();
    boolean nobodyWaits = expected != Delivery.ReplyExpected.YES;
    boolean setAside = handlers.gate().has(Feature.DEAD_LETTER)
        && (forGood
            || (nobodyWaits && registration.settings().onFailure() == OnFailure.DEAD_LETTER));
    if (nobodyWaits || forGood) {
      String fate = setAside ? "is kept as a dead letter" : "leaves the queue";
      LOG.error("Task \"{}\" ({}) failed and {}", taskName(), id(), fate, cause);
    } else {
      LOG.debug("Task \"{}\" ({}) failed; its caller is told", taskName(), id(), cause);
    }
    return setAside ? delivery.deadLetter(failure) : delivery.fail(failure);
  }

  // The handler's side.

  @Override
  public String taskName() {
    return registration.taskName();
  }

  @Override
  public String id() {
    return delivery.id();
  }

  @Override
  public OptionalInt attempt() {
    return delivery.attempt();
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> wire = delivery.headers();
    if (wire.isEmpty()) {
      return Map.of();
    }
    Map<String, String> users = new LinkedHashMap<>();
    wire.forEach((name, value) -> {
      if (name.startsWith(Headers.USER)) {
        users.put(name.substring(Headers.USER.length()), value);
      }
    });
    return Collections.unmodifiableMap(users);
  }

  @Override
  public Future<Void> progress(long done, long total) {
    if (done < 0 || total < 0) {
      throw new IllegalArgumentException("progress counts from zero: " + done + " of " + total);
    }
    return report(Feature.PROGRESS, () -> delivery.progress(done, total));
  }

  @Override
  public Future<Void> data(Buffer chunk) {
    return report(Feature.PARTIAL_DATA, () -> delivery.data(chunk));
  }

  private Future<Void> report(Feature feature, Supplier<Future<Void>> send) {
    Promise<Void> sent = handlers.loop().promise();
    try {
      handlers.gate().require(feature, taskName());
    } catch (TaskException e) {
      return Future.failedFuture(e);
    }
    handlers.loop().run(sent, () -> {
      if (settled) {
        Answers.fail(
            sent,
            new IllegalStateException(
                "task \"" + taskName() + "\" (" + id() + ") is settled already"));
      } else {
        send.get().onComplete(sent);
      }
    });
    return sent.future();
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public Future<Void> cancelled() {
    Promise<Void> promise;
    synchronized (this) {
      if (cancelledPromise == null) {
        cancelledPromise = handlers.loop().ownPromise();
      }
      promise = cancelledPromise;
    }
    if (cancelled) {
      promise.tryComplete();
    }
    return promise.future();
  }
}
