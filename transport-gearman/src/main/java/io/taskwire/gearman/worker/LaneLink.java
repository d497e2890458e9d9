/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Reconnector;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One lane's connection to one server, made again whenever it is lost. */
final class LaneLink
    implements Reconnector.Target<LaneConnection>, Reconnector.Listener<LaneConnection> {

  private final Lane lane;
  private final HostPort host;
  private final int server;

  /** Told how it goes; null except in the first lane, because each server would be told of once for each lane. */
  private final @Nullable Servers servers;

  private final Reconnector<LaneConnection> reconnector;

  LaneLink(Lane lane, HostPort host, int server, @Nullable Servers servers) {
    this.lane = lane;
    this.host = host;
    this.server = server;
    this.servers = servers;
    reconnector = new Reconnector<>(
        lane.worker().loop().context(),
        host.toString(),
        lane.worker().options().retryPolicy(),
        this,
        this);
  }

  void start() {
    reconnector.ensureConnecting();
  }

  /** The connection, null if there is none. */
  @Nullable
  LaneConnection connection() {
    return reconnector.current();
  }

  boolean isGivenUp() {
    return reconnector.state() == Reconnector.State.IDLE;
  }

  Future<Void> close() {
    return reconnector.close();
  }

  /** A connection says that it is gone. */
  void gone(LaneConnection connection, Throwable cause) {
    reconnector.lost(connection, cause);
  }

  @Override
  public Future<LaneConnection> connect() {
    if (servers != null) {
      servers.connecting(server);
    }
    return new LaneConnection(lane, this).open(lane.worker().connector(), host);
  }

  @Override
  public Future<Void> close(LaneConnection connection) {
    return connection.drain();
  }

  @Override
  public void up(LaneConnection connection) {
    if (servers != null) {
      servers.connected(server);
    }
    lane.up(connection);
  }

  @Override
  public void failed(int attempt, BrokerConnectException cause, Duration nextWait) {
    if (servers != null) {
      servers.failed(server, cause, nextWait);
    }
  }

  @Override
  public void lost(LaneConnection connection, Throwable cause) {
    if (servers != null) {
      servers.lost(server, cause);
    }
  }

  @Override
  public void gaveUp(int attempt, BrokerConnectException cause) {
    if (servers != null) {
      servers.gaveUp(server, cause);
    }
    lane.gaveUp(cause);
  }
}
