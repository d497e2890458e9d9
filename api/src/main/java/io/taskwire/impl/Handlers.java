/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.HandlerOptions;
import io.taskwire.TaskType;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.HandlerThreads;
import io.taskwire.spi.RetryPolicy;
import io.taskwire.spi.Session;
import io.taskwire.spi.Settings;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The handlers of a queue, by task name, and what they share. */
final class Handlers implements SessionUser {

  private final Loop loop;
  private final Hosts hosts;
  private final Settings settings;
  private final Duration transportLimit;
  private final Serializers serializers;
  private final FeatureGate gate;
  private final TimerWheel wheel;
  private final Listeners listeners;
  private final HandlerThreads threads;

  /** Registering threads add, so that the same name twice is an error at the call; the loop removes. */
  private final ConcurrentHashMap<String, HandlerRegistration> byName = new ConcurrentHashMap<>();

  private boolean started;
  private boolean closed;

  Handlers(
      Loop loop,
      Hosts hosts,
      Settings settings,
      Duration transportLimit,
      Serializers serializers,
      FeatureGate gate,
      TimerWheel wheel,
      Listeners listeners) {
    this.loop = loop;
    this.hosts = hosts;
    this.settings = settings;
    this.transportLimit = transportLimit;
    this.serializers = serializers;
    this.gate = gate;
    this.wheel = wheel;
    this.listeners = listeners;
    this.threads = new HandlerThreads(loop.context(), loop::wake);
  }

  /** Adds a handler. Any thread. */
  HandlerRegistration add(TaskType<?, ?> type, HandlerOptions options, Invoker invoker) {
    HandlerSettings own =
        HandlerSettings.of(options, invoker instanceof Invoker.Blocking, settings, transportLimit);
    HandlerRegistration added =
        new HandlerRegistration(this, type, serializers.codecOf(type), invoker, own);
    if (byName.putIfAbsent(type.name(), added) != null) {
      throw new IllegalStateException("task \"" + type.name()
          + "\" has a handler in this queue; remove it first, or choose another name");
    }
    loop.run(() -> {
      if (invoker instanceof Invoker.Blocking) {
        threads.resize(own.concurrency());
      }
      if (closed) {
        added.end(Duration.ZERO);
      } else if (started) {
        openWhereConnected(added);
      }
    });
    return added;
  }

  /** Begins to take tasks. Completes when all handlers registered so far are live, each on one host at least. */
  Future<Void> start() {
    started = true;
    List<Future<Void>> all = new ArrayList<>();
    byName.values().forEach(each -> {
      all.add(each.whenLive());
      openWhereConnected(each);
    });
    return Future.all(all).mapEmpty();
  }

  private void openWhereConnected(HandlerRegistration handler) {
    for (Connector host : hosts.all()) {
      Session session = host.session();
      if (session != null) {
        handler.open(host, session);
      }
    }
  }

  @Override
  public void connected(Connector host, Session fresh) {
    if (started) {
      byName.values().forEach(each -> each.open(host, fresh));
    }
  }

  @Override
  public void disconnected(Connector host) {
    byName.values().forEach(each -> each.disconnected(host));
  }

  @Override
  public void gaveUp(BrokerConnectException cause) {
    byName.values().forEach(each -> each.gaveUp(cause));
  }

  /** Ends all of them. Completes when nothing of them runs any more, or the limit has passed; does not fail. */
  Future<Void> close() {
    closed = true;
    List<Future<Void>> all = new ArrayList<>();
    byName.values().forEach(each -> all.add(each.end(drainTimeout())));
    return Future.join(all).transform(done -> {
      threads.stop();
      return Future.succeededFuture();
    });
  }

  void ended(HandlerRegistration which) {
    byName.remove(which.taskName(), which);
    if (which.invoker() instanceof Invoker.Blocking) {
      threads.resize(-which.settings().concurrency());
    }
  }

  /** Whether any is registered. Any thread. */
  boolean any() {
    return !byName.isEmpty();
  }

  Hosts hosts() {
    return hosts;
  }

  Duration drainTimeout() {
    return settings.get(CoreOptions.DRAIN_TIMEOUT);
  }

  RetryPolicy retryPolicy() {
    return RetryPolicy.of(settings);
  }

  Loop loop() {
    return loop;
  }

  FeatureGate gate() {
    return gate;
  }

  TimerWheel wheel() {
    return wheel;
  }

  Listeners listeners() {
    return listeners;
  }

  HandlerThreads threads() {
    return threads;
  }
}
