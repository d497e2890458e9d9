/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Session;
import io.vertx.core.Future;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handler's consumer at one host, which is made again whenever it, or the session, was lost.
 *
 * <pre>
 * IDLE → OPENING → LIVE → (lost) IDLE → OPENING …
 *           ↓ failed: IDLE, and a timer opens it again
 * </pre>
 */
final class HostConsumer {

  private static final Logger LOG = LoggerFactory.getLogger(HostConsumer.class);

  private enum State {
    IDLE,
    OPENING,
    LIVE
  }

  private final HandlerRegistration registration;
  private final Connector host;

  private State state = State.IDLE;
  private @Nullable Deliveries deliveries;
  private @Nullable Consumer consumer;
  private @Nullable ConnectRetry retry;

  HostConsumer(HandlerRegistration registration, Connector host) {
    this.registration = registration;
    this.host = host;
  }

  Connector host() {
    return host;
  }

  boolean isLive() {
    return state == State.LIVE;
  }

  @Nullable
  Consumer consumer() {
    return consumer;
  }

  /** There is a session, and the queue is started: make a consumer on it. */
  void open(Session on, ConsumerSpec spec) {
    if (state != State.IDLE) {
      return;
    }
    state = State.OPENING;
    Deliveries fresh = new Deliveries(on);
    deliveries = fresh;
    Future<Consumer> opening;
    try {
      opening = on.consume(spec, fresh);
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
    if (!registration.isActive() || state != State.OPENING || deliveries != to) {
      // removed, or lost, meanwhile
      made.close();
      return;
    }
    state = State.LIVE;
    consumer = made;
    retry = null;
    registration.nowLive();
  }

  private void lost(Session on, Throwable cause) {
    boolean wasLive = state == State.LIVE;
    state = State.IDLE;
    consumer = null;
    deliveries = null;
    if (!registration.isActive()) {
      return;
    }
    if (wasLive && registration.running() > 0) {
      LOG.warn(
          "Running tasks of \"{}\" of {} are lost and may be delivered again: {}",
          registration.taskName(),
          host.name(),
          cause.getMessage());
    }
    if (on != host.session()) {
      return; // the session is lost too: the next one opens it
    }
    ConnectRetry row =
        retry == null ? ConnectRetry.afterLoss(registration.handlers().retryPolicy()) : retry;
    retry = row;
    OptionalLong wait = row.failed(cause);
    if (wait.isEmpty()) {
      LOG.error(
          "The handler of \"{}\" cannot take tasks of {}, giving up: {}",
          registration.taskName(),
          host.name(),
          cause.getMessage());
      registration.refused(cause);
      return;
    }
    LOG.info(
        "The handler of \"{}\" cannot take tasks of {}: {}; trying again in {} s",
        registration.taskName(),
        host.name(),
        cause.getMessage(),
        wait.getAsLong() / 1000.0);
    registration.handlers().loop().context().setTimer(wait.getAsLong(), id -> {
      Session now = host.session();
      if (state == State.IDLE && now != null) {
        registration.open(host, now);
      }
    });
  }

  /** The session is lost; the consumer hears of it by itself, sooner or later. */
  void disconnected() {
    state = State.IDLE;
    consumer = null;
    deliveries = null;
    retry = null;
  }

  /** Takes the tasks of one consumer; what a former one says does not count any more. */
  private final class Deliveries implements ConsumerListener {

    private final Session session;

    Deliveries(Session session) {
      this.session = session;
    }

    @Override
    public void deliver(Delivery delivery) {
      registration.deliver(delivery);
    }

    @Override
    public void lost(Throwable cause) {
      if (deliveries == this) {
        HostConsumer.this.lost(session, cause);
      }
    }
  }
}
