/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.QueueClosedException;
import io.taskwire.Registration;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskType;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Session;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler and its consumer at the broker, which is made again whenever it, or the session, was lost.
 *
 * <pre>
 * IDLE → OPENING → LIVE → (lost) IDLE → OPENING …
 *           ↓ failed: IDLE, and a timer opens it again
 * any → ENDING → ENDED
 * </pre>
 */
final class HandlerRegistration implements Registration {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerRegistration.class);

  private enum State {
    IDLE,
    OPENING,
    LIVE,
    ENDING,
    ENDED
  }

  private final Handlers handlers;
  private final TaskType<?, ?> type;
  private final PayloadCodec codec;
  private final Invoker invoker;
  private final HandlerSettings settings;
  private final Promise<Void> live;
  private final Promise<Void> ended;
  private final Set<HandlerRun> running = new HashSet<>();

  private State state = State.IDLE;
  private @Nullable Promise<Void> nextLive;
  private @Nullable Deliveries deliveries;
  private @Nullable Consumer consumer;
  private @Nullable ConnectRetry retry;

  HandlerRegistration(
      Handlers handlers,
      TaskType<?, ?> type,
      PayloadCodec codec,
      Invoker invoker,
      HandlerSettings settings) {
    this.handlers = handlers;
    this.type = type;
    this.codec = codec;
    this.invoker = invoker;
    this.settings = settings;
    this.live = handlers.loop().ownPromise();
    this.ended = handlers.loop().ownPromise();
  }

  @Override
  public String taskName() {
    return type.name();
  }

  @Override
  public Future<Void> live() {
    return live.future();
  }

  /** Completes as soon as it is live, fails if connecting is given up before. */
  Future<Void> whenLive() {
    if (state == State.LIVE) {
      return Future.succeededFuture();
    }
    if (nextLive == null) {
      nextLive = Promise.promise();
    }
    return nextLive.future();
  }

  private void failNextLive(TaskException cause) {
    if (nextLive != null) {
      nextLive.fail(cause);
      nextLive = null;
    }
  }

  TaskType<?, ?> type() {
    return type;
  }

  PayloadCodec codec() {
    return codec;
  }

  Invoker invoker() {
    return invoker;
  }

  HandlerSettings settings() {
    return settings;
  }

  Handlers handlers() {
    return handlers;
  }

  /** There is a session, and the queue is started: make a consumer on it. */
  void open(Session on) {
    if (state != State.IDLE) {
      return;
    }
    state = State.OPENING;
    Deliveries fresh = new Deliveries(on);
    deliveries = fresh;
    Future<Consumer> opening;
    try {
      opening = on.consume(
          new ConsumerSpec(
              type.name(), settings.concurrency(), settings.maxAttempts(), settings.envelope()),
          fresh);
    } catch (RuntimeException e) {
      opening = Future.failedFuture(e);
    }
    opening.onComplete(result -> {
      if (result.succeeded()) {
        opened(fresh, result.result());
      } else {
        fresh.lost(result.cause());
      }
    });
  }

  private void opened(Deliveries to, Consumer made) {
    if (state != State.OPENING || deliveries != to) { // removed, or lost, meanwhile
      made.close();
      return;
    }
    state = State.LIVE;
    consumer = made;
    retry = null;
    Answers.succeed(live, null);
    if (nextLive != null) {
      nextLive.complete();
      nextLive = null;
    }
  }

  void finished(HandlerRun run) {
    running.remove(run);
  }

  int running() {
    return running.size();
  }

  private void lost(Session on, Throwable cause) {
    if (state == State.LIVE && !running.isEmpty()) {
      LOG.warn(
          "{} running tasks of \"{}\" are lost and may be delivered again: {}",
          running.size(),
          type.name(),
          cause.getMessage());
    }
    state = State.IDLE;
    consumer = null;
    deliveries = null;
    if (on != handlers.session()) {
      return; // the session is lost too: the next one opens it
    }
    ConnectRetry row = retry == null ? ConnectRetry.afterLoss(handlers.retryPolicy()) : retry;
    retry = row;
    OptionalLong wait = row.failed(cause);
    if (wait.isEmpty()) {
      LOG.error(
          "The handler of \"{}\" cannot take tasks, giving up: {}",
          type.name(),
          cause.getMessage());
      failNextLive(asTaskException(cause));
      return;
    }
    LOG.info(
        "The handler of \"{}\" cannot take tasks: {}; trying again in {} s",
        type.name(),
        cause.getMessage(),
        wait.getAsLong() / 1000.0);
    handlers.loop().context().setTimer(wait.getAsLong(), id -> {
      Session now = handlers.session();
      if (state == State.IDLE && now != null) {
        open(now);
      }
    });
  }

  /** The session is lost; the consumer hears of it by itself, sooner or later. */
  void disconnected() {
    if (state == State.OPENING || state == State.LIVE) {
      state = State.IDLE;
      consumer = null;
    }
    deliveries = null;
    retry = null;
  }

  void gaveUp(BrokerConnectException cause) {
    failNextLive(asTaskException(cause));
  }

  private TaskException asTaskException(Throwable cause) {
    return cause instanceof TaskException known
        ? known
        : new TaskConnectException(
            "its handler is not live: " + cause.getMessage(), type.name(), null, cause);
  }

  @Override
  public Future<Void> remove() {
    handlers.loop().run(() -> end(handlers.drainTimeout()));
    return ended.future();
  }

  /** Takes no more tasks, waits for the running ones up to a limit, and ends. Does not fail. */
  Future<Void> end(Duration limit) {
    if (state == State.ENDING || state == State.ENDED) {
      return ended.future();
    }
    state = State.ENDING;
    QueueClosedException removed = new QueueClosedException(
        "its handler was removed before it was live", type.name(), null, true, null);
    Answers.fail(live, removed);
    failNextLive(removed);
    Consumer last = consumer;
    if (last == null) {
      ended();
      return ended.future();
    }
    Promise<Void> drained = Promise.promise();
    long timer = handlers.loop().context().setTimer(Math.max(1, limit.toMillis()), id -> {
      if (drained.tryComplete()) {
        LOG.warn(
            "{} tasks of \"{}\" are still running after drainTimeout and are given up",
            running(),
            type.name());
        Set.copyOf(running).forEach(HandlerRun::abort);
      }
    });
    last.drain().onComplete(done -> drained.tryComplete());
    drained
        .future()
        .onComplete(done -> handlers.loop().context().owner().cancelTimer(timer))
        .transform(done -> last.close())
        .onComplete(done -> ended());
    return ended.future();
  }

  private void ended() {
    state = State.ENDED;
    consumer = null;
    handlers.ended(this);
    Answers.succeed(ended, null);
  }

  /** Takes the tasks of one consumer; what a former one says does not count any more. */
  private final class Deliveries implements ConsumerListener {

    private final Session session;

    Deliveries(Session session) {
      this.session = session;
    }

    @Override
    public void deliver(Delivery delivery) {
      if (state == State.ENDED) {
        delivery.giveBack();
        return;
      }
      HandlerRun run = new HandlerRun(HandlerRegistration.this, delivery);
      running.add(run);
      run.start();
    }

    @Override
    public void lost(Throwable cause) {
      if (deliveries == this && (state == State.OPENING || state == State.LIVE)) {
        HandlerRegistration.this.lost(session, cause);
      }
    }
  }
}
