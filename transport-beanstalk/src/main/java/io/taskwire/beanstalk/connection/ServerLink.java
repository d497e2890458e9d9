/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.BeanstalkServerStatus;
import io.taskwire.beanstalk.BeanstalkServerStatus.State;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Reconnector;
import io.taskwire.spi.RetryPolicy;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One server that is kept connected.
 *
 * @param <C> what there is while it is connected
 */
public final class ServerLink<C> {

  private final HostPort host;
  private final ServerLinks<C> links;
  private final ServerUser<C> user;
  private final Reconnector<C> reconnector;
  private State state = State.CONNECTING;
  private Instant since = Instant.now();
  private @Nullable Throwable cause;
  private @Nullable Instant nextAttempt;

  ServerLink(HostPort host, RetryPolicy policy, ServerLinks<C> links, ServerUser<C> user) {
    this.host = host;
    this.links = links;
    this.user = user;
    reconnector = new Reconnector<>(
        links.loop().context(), host.toString(), policy, new Opening(), new Events());
  }

  void start() {
    reconnector.ensureConnecting();
  }

  Future<Void> close() {
    change(State.CLOSED, cause, null);
    return reconnector.close();
  }

  /** Host and port. */
  public String name() {
    return reconnector.peer();
  }

  /** What there is of it, null if it is not connected. */
  public @Nullable C connection() {
    return reconnector.current();
  }

  /** Whether it is connected and was not {@linkplain #draining() draining}. */
  public boolean takesJobs() {
    return state == State.CONNECTED;
  }

  /** Whether it may yet take jobs: it is not given up, and does not drain. */
  public boolean isHopeful() {
    return state == State.CONNECTED || state == State.CONNECTING || state == State.FAILED;
  }

  /** The server has said that it takes no new jobs, which only its end changes. */
  public void draining() {
    if (state == State.CONNECTED) {
      change(State.DRAINING, cause, null);
    }
  }

  BeanstalkServerStatus status() {
    return new BeanstalkServerStatus(name(), state, since, cause, nextAttempt);
  }

  private void change(State to, @Nullable Throwable why, @Nullable Instant next) {
    if (state == State.CLOSED) {
      return;
    }
    if (state != to) {
      state = to;
      since = Instant.now();
    }
    cause = why;
    nextAttempt = next;
    links.changed();
  }

  @Override
  public String toString() {
    return name() + " " + state;
  }

  private final class Opening implements Reconnector.Target<C> {

    @Override
    public Future<C> connect() {
      if (state != State.CONNECTING) {
        change(State.CONNECTING, cause, null);
      }
      return user.connect(host);
    }

    @Override
    public Future<Void> close(C connection) {
      return user.close(connection);
    }
  }

  private final class Events implements Reconnector.Listener<C> {

    @Override
    public void up(C connection) {
      change(State.CONNECTED, null, null);
      links.tell(listener -> listener.connected(name()));
      links.connected();
      user.connected(ServerLink.this);
      user.ended(connection).onSuccess(why -> reconnector.lost(connection, why));
    }

    @Override
    public void failed(int attempt, BrokerConnectException why, Duration nextWait) {
      change(State.FAILED, why, Instant.now().plus(nextWait));
      links.tell(listener -> listener.connectFailed(name(), why, nextWait));
      user.notConnected();
    }

    @Override
    public void lost(C connection, Throwable why) {
      change(State.CONNECTING, why, null);
      links.tell(listener -> listener.disconnected(name(), why));
      user.notConnected();
    }

    @Override
    public void gaveUp(int attempt, BrokerConnectException why) {
      change(State.GIVEN_UP, why, null);
      links.tell(listener -> listener.gaveUp(name(), why));
      links.gaveUp();
      user.notConnected();
    }
  }
}
