/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Settings;
import io.taskwire.spi.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is a session: the one place where connecting and reconnecting happens.
 *
 * <pre>
 * IDLE → CONNECTING → UP → (lost) CONNECTING …
 *          ↑    ↓ failed: WAITING → CONNECTING, or IDLE when given up
 * any → CLOSED
 * </pre>
 */
final class Connector {

  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

  private static final long LONGEST_WAIT_FOR_ATTEMPT_MILLIS = 5_000;

  private enum State {
    IDLE,
    CONNECTING,
    WAITING,
    UP,
    CLOSED
  }

  private final Loop loop;
  private final Transport transport;
  private final Settings settings;
  private final String broker;
  private final Listeners listeners;
  private List<SessionUser> users = List.of();

  private State state = State.IDLE;
  private @Nullable ConnectRetry retry;
  private @Nullable Session session;
  private @Nullable Throwable lastFailure;
  private long timer;

  /** Completes when nothing of the last attempt is under way any more. */
  private Future<Void> attempted = Future.succeededFuture();

  Connector(Loop loop, Transport transport, Settings settings, String broker, Listeners listeners) {
    this.loop = loop;
    this.transport = transport;
    this.settings = settings;
    this.broker = broker;
    this.listeners = listeners;
  }

  void users(SessionUser... all) {
    this.users = List.of(all);
  }

  /** Begins to connect, unless that is under way or done. */
  void ensureConnecting() {
    if (state == State.IDLE) {
      retry = ConnectRetry.asConfigured(settings);
      attempt();
    }
  }

  @Nullable
  Session session() {
    return session;
  }

  /** Why there is no session, as far as is known. */
  @Nullable
  Throwable lastFailure() {
    return lastFailure;
  }

  private void attempt() {
    state = State.CONNECTING;
    SessionEvents events = new SessionEvents();
    Future<Session> connecting;
    try {
      connecting = transport.connect(events);
    } catch (RuntimeException e) {
      connecting = Future.failedFuture(e);
    }
    attempted = connecting.transform(result -> {
      if (result.succeeded()) {
        return connected(result.result(), events);
      }
      failed(result.cause());
      return Future.succeededFuture();
    });
  }

  private Future<Void> connected(Session fresh, SessionEvents events) {
    if (state != State.CONNECTING) { // closed meanwhile
      return fresh.close();
    }
    state = State.UP;
    session = fresh;
    events.session = fresh;
    lastFailure = null;
    LOG.debug("Connected to {}", broker);
    listeners.tell(l -> l.connected());
    users.forEach(user -> user.connected(fresh));
    return Future.succeededFuture();
  }

  private void failed(Throwable cause) {
    ConnectRetry row = retry;
    if (state != State.CONNECTING || row == null) {
      return;
    }
    BrokerConnectException failure = BrokerConnectException.of(broker, cause);
    lastFailure = failure;
    OptionalLong wait = row.failed(failure);
    if (wait.isPresent()) {
      Duration pause = Duration.ofMillis(wait.getAsLong());
      LOG.info(
          "{} (attempt {}); next attempt in {} s",
          failure.getMessage(),
          row.failures(),
          pause.toMillis() / 1000.0);
      listeners.tell(l -> l.reconnecting(row.failures(), failure, pause));
      state = State.WAITING;
      timer = loop.context().setTimer(pause.toMillis(), id -> {
        if (state == State.WAITING && timer == id) {
          attempt();
        }
      });
    } else {
      LOG.error("{} (attempt {}); giving up", failure.getMessage(), row.failures());
      state = State.IDLE;
      users.forEach(user -> user.gaveUp(failure));
    }
  }

  private void lost(Session which, Throwable cause) {
    if (session != which || state != State.UP) {
      return;
    }
    LOG.warn(
        "The connection to {} is lost, reconnecting: {}",
        broker,
        String.valueOf(cause.getMessage()));
    session = null;
    lastFailure = cause;
    listeners.tell(l -> l.disconnected(cause));
    users.forEach(SessionUser::disconnected);
    retry = ConnectRetry.afterLoss(settings);
    attempt();
  }

  /** Ends the session and all attempts. Completes when nothing of them is left; does not fail. */
  Future<Void> close() {
    if (state == State.WAITING) {
      loop.context().owner().cancelTimer(timer);
    }
    state = State.CLOSED;
    Session last = session;
    session = null;
    Future<Void> sessionClosed = last == null ? Future.succeededFuture() : last.close();
    return sessionClosed
        .transform(ignored -> transport.close())
        .transform(ignored -> attemptEnded())
        .transform(ignored -> Future.succeededFuture());
  }

  /** A socket that is being opened when its event loop ends stays open for ever; so the attempt must end before. */
  private Future<Void> attemptEnded() {
    if (attempted.isComplete()) {
      return attempted;
    }
    Promise<Void> ended = Promise.promise();
    long limit =
        loop.context().setTimer(LONGEST_WAIT_FOR_ATTEMPT_MILLIS, id -> ended.tryComplete());
    attempted.onComplete(result -> {
      loop.context().owner().cancelTimer(limit);
      ended.tryComplete();
    });
    return ended.future();
  }

  /** Hears from one session; from a former one nothing counts any more. */
  private final class SessionEvents implements SessionListener {

    private @Nullable Session session;

    @Override
    public void lost(Throwable cause) {
      if (session != null) {
        Connector.this.lost(session, cause);
      }
    }

    @Override
    public void writable() {
      users.forEach(SessionUser::writable);
    }

    @Override
    public void lateReply(String taskId) {
      LOG.debug("A reply for {} came too late and was dropped", taskId);
      listeners.tell(l -> l.lateReply(taskId));
    }
  }
}
