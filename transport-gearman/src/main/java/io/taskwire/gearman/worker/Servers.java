/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanListener;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanServerStatus;
import io.taskwire.gearman.GearmanServerStatus.State;
import io.taskwire.gearman.NoServerException;
import io.taskwire.spi.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How it stands with the servers, as far as the first lane shows, and who waits for one. */
final class Servers {

  private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

  private final EventLoop loop;
  private final List<GearmanListener> listeners;
  private final Set<Promise<Void>> waiting = new LinkedHashSet<>();

  // Replaced by the loop, read by any thread.
  private volatile List<GearmanServerStatus> statuses;

  Servers(EventLoop loop, GearmanOptions options) {
    this.loop = loop;
    this.listeners = options.listeners();
    Instant now = Instant.now();
    this.statuses = options.hosts().stream()
        .map(host -> new GearmanServerStatus(host.toString(), State.CONNECTING, now, null, null))
        .toList();
  }

  List<GearmanServerStatus> statuses() {
    return statuses;
  }

  void connecting(int server) {
    change(server, State.CONNECTING, statuses.get(server).cause(), null);
  }

  void connected(int server) {
    change(server, State.CONNECTED, null, null);
    tell(listener -> listener.connected(name(server)));
    List<Promise<Void>> all = new ArrayList<>(waiting);
    waiting.clear();
    all.forEach(Promise::tryComplete);
  }

  void failed(int server, Throwable cause, Duration nextWait) {
    change(server, State.FAILED, cause, Instant.now().plus(nextWait));
    tell(listener -> listener.connectFailed(name(server), cause, nextWait));
  }

  void lost(int server, Throwable cause) {
    change(server, State.CONNECTING, cause, null);
    tell(listener -> listener.disconnected(name(server), cause));
  }

  void gaveUp(int server, Throwable cause) {
    change(server, State.GIVEN_UP, cause, null);
    tell(listener -> listener.gaveUp(name(server), cause));
    if (statuses.stream().allMatch(each -> each.state() == State.GIVEN_UP)) {
      fail(new NoServerException("no server can be connected, and no attempt follows", cause));
    }
  }

  void closed() {
    for (int server = 0; server < statuses.size(); server++) {
      change(server, State.CLOSED, statuses.get(server).cause(), null);
    }
    fail(new GearmanClosedException("the worker was closed", null));
  }

  /** Completes when one is connected. */
  Future<Void> connected(Duration limit) {
    if (statuses.stream().anyMatch(GearmanServerStatus::isConnected)) {
      return Future.succeededFuture();
    }
    Promise<Void> wait = Promise.promise();
    waiting.add(wait);
    long timer = loop.vertx().setTimer(Math.max(1, limit.toMillis()), id -> {
      waiting.remove(wait);
      wait.tryFail(none(limit));
    });
    return wait.future().onComplete(done -> loop.vertx().cancelTimer(timer));
  }

  NoServerException none(Duration limit) {
    @Nullable
    Throwable cause = statuses.stream()
        .map(GearmanServerStatus::cause)
        .filter(why -> why != null)
        .findFirst()
        .orElse(null);
    return new NoServerException(
        "no server was connected within " + limit.toMillis() + " ms"
            + (cause == null ? "" : ": " + cause.getMessage()),
        cause);
  }

  private String name(int server) {
    return statuses.get(server).server();
  }

  private void change(
      int server, State to, @Nullable Throwable cause, @Nullable Instant nextAttempt) {
    List<GearmanServerStatus> fresh = new ArrayList<>(statuses);
    GearmanServerStatus old = fresh.get(server);
    Instant since = old.state() == to ? old.since() : Instant.now();
    fresh.set(server, new GearmanServerStatus(old.server(), to, since, cause, nextAttempt));
    statuses = List.copyOf(fresh);
  }

  private void fail(GearmanException cause) {
    List<Promise<Void>> all = new ArrayList<>(waiting);
    waiting.clear();
    all.forEach(wait -> wait.tryFail(cause));
  }

  private void tell(Consumer<GearmanListener> event) {
    for (GearmanListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("A GearmanListener failed", e);
      }
    }
  }
}
