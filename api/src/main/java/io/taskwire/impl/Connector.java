/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Reconnector;
import io.taskwire.spi.RetryPolicy;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Transport;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host: has its transport's sessions made and made again, and tells all hosts' {@link Hosts}. */
final class Connector implements Reconnector.Target<Session>, Reconnector.Listener<Session> {

  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

  private final Hosts hosts;
  private final Transport transport;
  private final Listeners listeners;
  private final Reconnector<Session> reconnector;

  Connector(
      Hosts hosts,
      Loop loop,
      Transport transport,
      RetryPolicy policy,
      String broker,
      Listeners listeners) {
    this.hosts = hosts;
    this.transport = transport;
    this.listeners = listeners;
    this.reconnector = new Reconnector<>(loop.context(), broker, policy, this, this);
  }

  /** The host's address, without credentials. */
  String name() {
    return reconnector.peer();
  }

  Transport transport() {
    return transport;
  }

  /** Begins to connect, unless that is under way or done. */
  void ensureConnecting() {
    reconnector.ensureConnecting();
  }

  @Nullable
  Session session() {
    return reconnector.current();
  }

  /** Whether there is no session, and none is to be expected. */
  boolean isIdle() {
    return reconnector.state() == Reconnector.State.IDLE;
  }

  /** Why there is no session, as far as is known. */
  @Nullable
  Throwable lastFailure() {
    return reconnector.lastFailure();
  }

  /** Ends the session and all attempts. Completes when nothing of them is left; does not fail. */
  Future<Void> close() {
    return reconnector.close();
  }

  @Override
  public Future<Session> connect() {
    SessionEvents events = new SessionEvents();
    return transport.connect(events).map(session -> {
      events.session = session;
      return session;
    });
  }

  @Override
  public Future<Void> close(Session session) {
    return session.close();
  }

  @Override
  public Future<Void> end() {
    return transport.close();
  }

  @Override
  public void up(Session session) {
    listeners.tell(l -> l.connected(name()));
    hosts.up(this, session);
  }

  @Override
  public void failed(int attempt, BrokerConnectException cause, Duration nextWait) {
    listeners.tell(l -> l.reconnecting(name(), attempt, cause, nextWait));
  }

  @Override
  public void lost(Session session, Throwable cause) {
    listeners.tell(l -> l.disconnected(name(), cause));
    hosts.lost(this);
  }

  @Override
  public void gaveUp(int attempt, BrokerConnectException cause) {
    hosts.gaveUp(cause);
  }

  /** Hears from one session; from a former one nothing counts any more. */
  private final class SessionEvents implements SessionListener {

    private @Nullable Session session;

    @Override
    public void lost(Throwable cause) {
      if (session != null) {
        reconnector.lost(session, cause);
      }
    }

    @Override
    public void writable() {
      hosts.writable();
    }

    @Override
    public void lateReply(String taskId) {
      LOG.debug("A reply for {} came too late and was dropped", taskId);
      listeners.tell(l -> l.lateReply(taskId));
    }
  }
}
