/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkConnectionException;
import io.taskwire.beanstalk.BeanstalkListener;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.BeanstalkServerStatus;
import io.taskwire.spi.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of a producer or consumer, each kept connected. All methods but {@link #statuses} belong to the event loop.
 *
 * @param <C> what there is of a server while it is connected
 */
public final class ServerLinks<C> {

  private static final Logger LOG = LoggerFactory.getLogger(ServerLinks.class);

  private final EventLoop loop;
  private final List<BeanstalkListener> listeners;
  private final List<ServerLink<C>> links;
  private final Set<Promise<Void>> waiting = new LinkedHashSet<>();

  // Written by the loop, read by any thread.
  private volatile List<BeanstalkServerStatus> statuses;

  /** Prepares the links; nothing is connected before {@link #start}. */
  public ServerLinks(EventLoop loop, BeanstalkOptions options, ServerUser<C> user) {
    this.loop = loop;
    this.listeners = options.listeners();
    this.links = options.hosts().stream()
        .map(host -> new ServerLink<>(host, options.retryPolicy(), this, user))
        .toList();
    this.statuses = links.stream().map(ServerLink::status).toList();
  }

  /** Begins to connect to all servers. */
  public void start() {
    links.forEach(ServerLink::start);
  }

  public EventLoop loop() {
    return loop;
  }

  public List<ServerLink<C>> all() {
    return links;
  }

  /** Whether one may yet take jobs. */
  public boolean isHopeful() {
    return links.stream().anyMatch(ServerLink::isHopeful);
  }

  /** How it stands with each server, in the order of the options; from any thread. */
  public List<BeanstalkServerStatus> statuses() {
    return statuses;
  }

  void changed() {
    statuses = links.stream().map(ServerLink::status).toList();
  }

  /** Completes when a server is connected; fails when the limit has passed, or none will be. */
  public Future<Void> anyConnected(Duration limit) {
    if (statuses.stream().anyMatch(BeanstalkServerStatus::isConnected)) {
      return Future.succeededFuture();
    }
    if (!isHopeful()) {
      return Future.failedFuture(none(Duration.ZERO));
    }
    Promise<Void> wait = Promise.promise();
    waiting.add(wait);
    long timer = loop.vertx().setTimer(Math.max(1, limit.toMillis()), id -> {
      waiting.remove(wait);
      wait.tryFail(none(limit));
    });
    return wait.future().onComplete(done -> loop.vertx().cancelTimer(timer));
  }

  /**
   * Says why no server can be had, server by server.
   *
   * @param waited zero if waiting is no use
   */
  public BeanstalkConnectionException none(Duration waited) {
    String when = waited.isZero()
        ? "no server can be used, and none is waited for: "
        : "no server could be used within " + waited.toMillis() + " ms: ";
    Throwable why = null;
    for (BeanstalkServerStatus status : statuses) {
      why = why == null ? status.cause() : why;
    }
    return new BeanstalkConnectionException(when + describe(), false, why);
  }

  /** How it stands with each server, in words. */
  public String describe() {
    return statuses.stream().map(BeanstalkServerStatus::toString).collect(Collectors.joining("; "));
  }

  void connected() {
    take().forEach(Promise::tryComplete);
  }

  void gaveUp() {
    if (!isHopeful()) {
      take().forEach(wait -> wait.tryFail(none(Duration.ZERO)));
    }
  }

  private List<Promise<Void>> take() {
    List<Promise<Void>> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }

  void tell(Consumer<BeanstalkListener> event) {
    for (BeanstalkListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("A BeanstalkListener failed", e);
      }
    }
  }

  /** Ends all connections and attempts. Completes when nothing of them is left; does not fail. */
  public Future<Void> close() {
    take()
        .forEach(wait -> wait.tryFail(new BeanstalkClosedException("it was closed", false, null)));
    List<Future<Void>> closed = new ArrayList<>();
    links.forEach(link -> closed.add(link.close()));
    return Future.join(closed).transform(ignored -> Future.succeededFuture());
  }
}
