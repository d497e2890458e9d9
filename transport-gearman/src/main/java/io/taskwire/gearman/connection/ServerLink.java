/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.GearmanServerStatus;
import io.taskwire.gearman.GearmanServerStatus.State;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Reconnector;
import io.taskwire.spi.RetryPolicy;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One server that is kept connected. */
public final class ServerLink {

  private final HostPort host;
  private final GearmanConnector connector;
  private final ServerLinks links;
  private final ServerUser user;
  private final Reconnector<GearmanConnection> reconnector;

  /** Of one at a time: the next is made when this one is lost. */
  private @Nullable GearmanConnection opened;

  private State state = State.CONNECTING;
  private Instant since = Instant.now();
  private @Nullable Throwable cause;
  private @Nullable Instant nextAttempt;

  ServerLink(
      HostPort host,
      GearmanConnector connector,
      RetryPolicy policy,
      ServerLinks links,
      ServerUser user) {
    this.host = host;
    this.connector = connector;
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

  public HostPort host() {
    return host;
  }

  /** The connection, null if there is none. */
  public @Nullable GearmanConnection connection() {
    return reconnector.current();
  }

  public boolean isConnected() {
    return reconnector.current() != null;
  }

  /** Whether a connection may still come. */
  public boolean isGivenUp() {
    return state == State.GIVEN_UP || state == State.CLOSED;
  }

  /**
   * The owner of a connection says that it is closed; also if it never was open.
   *
   * @param why as the owner was told
   */
  public void lost(Throwable why) {
    GearmanConnection connection = opened;
    opened = null;
    if (connection != null) {
      reconnector.lost(connection, why);
    }
  }

  GearmanServerStatus status() {
    return new GearmanServerStatus(name(), state, since, cause, nextAttempt);
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

  private final class Opening implements Reconnector.Target<GearmanConnection> {

    @Override
    public Future<GearmanConnection> connect() {
      if (state != State.CONNECTING) {
        change(State.CONNECTING, cause, null);
      }
      return connector
          .open(host, user.owner(ServerLink.this))
          .onSuccess(connection -> opened = connection);
    }

    @Override
    public Future<Void> close(GearmanConnection connection) {
      return connection.shutdown(
          new BrokerConnectException("the connection to " + host + " was closed here", true, null));
    }
  }

  private final class Events implements Reconnector.Listener<GearmanConnection> {

    @Override
    public void up(GearmanConnection connection) {
      change(State.CONNECTED, null, null);
      links.tell(listener -> listener.connected(name()));
      user.connected(ServerLink.this);
    }

    @Override
    public void failed(int attempt, BrokerConnectException why, Duration nextWait) {
      change(State.FAILED, why, Instant.now().plus(nextWait));
      links.tell(listener -> listener.connectFailed(name(), why, nextWait));
      user.connectFailed(ServerLink.this);
    }

    @Override
    public void lost(GearmanConnection connection, Throwable why) {
      change(State.CONNECTING, why, null);
      links.tell(listener -> listener.disconnected(name(), why));
      user.disconnected(ServerLink.this, why);
    }

    @Override
    public void gaveUp(int attempt, BrokerConnectException why) {
      change(State.GIVEN_UP, why, null);
      links.tell(listener -> listener.gaveUp(name(), why));
      user.connectFailed(ServerLink.this);
    }
  }
}
