/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.QueueClosedException;
import io.taskwire.Registration;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskType;
import io.taskwire.spi.Bag;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Session;
import io.taskwire.spi.SharedByHosts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler, with a consumer at each host.
 *
 * <pre>
 * ACTIVE → ENDING → ENDED
 * </pre>
 */
final class HandlerRegistration implements Registration {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerRegistration.class);

  private enum State {
    ACTIVE,
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
  private final Bag<HandlerRun> running = new Bag<>();

  private final List<HostConsumer> consumers = new ArrayList<>(1);
  private final ConsumerSpec spec;

  private State state = State.ACTIVE;
  private @Nullable Promise<Void> nextLive;

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
    List<Connector> hosts = handlers.hosts().all();
    hosts.forEach(host -> consumers.add(new HostConsumer(this, host)));
    this.spec = new ConsumerSpec(
        type.name(),
        codec.format(),
        settings.concurrency(),
        settings.maxAttempts(),
        settings.envelope(),
        hosts.size() == 1 ? null : new SharedByHosts());
  }

  @Override
  public String taskName() {
    return type.name();
  }

  @Override
  public Future<Void> live() {
    return live.future();
  }

  /** Completes as soon as it is live on any host, fails if connecting is given up before. */
  Future<Void> whenLive() {
    if (isLive()) {
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

  boolean isActive() {
    return state == State.ACTIVE;
  }

  private boolean isLive() {
    return isActive() && consumers.stream().anyMatch(HostConsumer::isLive);
  }

  private HostConsumer at(Connector host) {
    for (HostConsumer each : consumers) {
      if (each.host() == host) {
        return each;
      }
    }
    throw new IllegalStateException("no host of this queue: " + host.name());
  }

  /** A host has a session, and the queue is started: make a consumer on it. */
  void open(Connector host, Session session) {
    if (isActive()) {
      at(host).open(session, spec);
    }
  }

  /** The consumer of a host is live. */
  void nowLive() {
    Answers.succeed(live, null);
    if (nextLive != null) {
      nextLive.complete();
      nextLive = null;
    }
  }

  /** A host refuses the consumer for good. */
  void refused(Throwable cause) {
    if (!isLive()) {
      failNextLive(asTaskException(cause));
    }
  }

  /** A task has come. */
  void deliver(Delivery delivery) {
    if (state == State.ENDED) {
      delivery.giveBack();
      return;
    }
    HandlerRun run = new HandlerRun(this, delivery);
    running.add(run);
    run.start();
  }

  void finished(HandlerRun run) {
    running.remove(run);
  }

  int running() {
    return running.size();
  }

  void disconnected(Connector host) {
    at(host).disconnected();
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
    List<Consumer> open = new ArrayList<>(consumers.size());
    for (HostConsumer each : consumers) {
      Consumer consumer = each.consumer();
      if (consumer != null) {
        open.add(consumer);
      }
    }
    if (open.isEmpty()) {
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
        running.copy().forEach(HandlerRun::giveUp);
      }
    });
    Future.join(open.stream().map(Consumer::drain).toList())
        .onComplete(done -> drained.tryComplete());
    drained
        .future()
        .onComplete(done -> handlers.loop().context().owner().cancelTimer(timer))
        .transform(done -> Future.join(open.stream().map(Consumer::close).toList()))
        .onComplete(done -> ended());
    return ended.future();
  }

  private void ended() {
    state = State.ENDED;
    running.copy().forEach(HandlerRun::giveUp);
    handlers.ended(this);
    Answers.succeed(ended, null);
  }
}
