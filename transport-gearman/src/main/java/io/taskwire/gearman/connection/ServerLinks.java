/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.GearmanListener;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanServerStatus;
import io.taskwire.spi.EventLoop;
import io.taskwire.spi.RendezvousHash;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A set of servers, each kept connected, and the choice among those that are. All methods but {@link #statuses} belong to
 * the event loop.
 */
public final class ServerLinks {

  private static final Logger LOG = LoggerFactory.getLogger(ServerLinks.class);

  private final EventLoop loop;
  private final GearmanConnector connector;
  private final List<GearmanListener> listeners;
  private final List<ServerLink> links;
  private int last = -1;

  // Written by the loop, read by any thread.
  private volatile List<GearmanServerStatus> statuses = List.of();

  /**
   * Prepares the links; nothing is connected before {@link #start}.
   *
   * @param user uses the connections
   */
  public ServerLinks(EventLoop loop, GearmanOptions options, ServerUser user) {
    this.loop = loop;
    this.listeners = options.listeners();
    this.connector = GearmanConnector.of(loop.context(), options);
    this.links = options.hosts().stream()
        .map(host -> new ServerLink(host, connector, options.retryPolicy(), this, user))
        .toList();
    changed();
  }

  /** Begins to connect to all servers. */
  public void start() {
    links.forEach(ServerLink::start);
  }

  public EventLoop loop() {
    return loop;
  }

  public List<ServerLink> all() {
    return links;
  }

  public List<ServerLink> connected() {
    return links.stream().filter(ServerLink::isConnected).toList();
  }

  /** Whether none is connected and none will be. */
  public boolean isHopeless() {
    return links.stream().allMatch(ServerLink::isGivenUp);
  }

  /** The link to the server of that name, null if there is none in the set. */
  public @Nullable ServerLink named(String server) {
    for (ServerLink link : links) {
      if (link.name().equals(server)) {
        return link;
      }
    }
    return null;
  }

  /** The next connected server in turn, null if none is connected. */
  public @Nullable ServerLink next() {
    int size = links.size();
    for (int step = 1; step <= size; step++) {
      int at = (last + step) % size;
      if (links.get(at).isConnected()) {
        last = at;
        return links.get(at);
      }
    }
    return null;
  }

  /**
   * The connected server with the highest score for the key, by rendezvous hashing: the loss of another server moves
   * nothing.
   *
   * @return null if none is connected
   */
  public @Nullable ServerLink forKey(String key) {
    return RendezvousHash.choose(connected(), ServerLink::name, key);
  }

  /** How it stands with each server, in the order of the options; from any thread. */
  public List<GearmanServerStatus> statuses() {
    return statuses;
  }

  void changed() {
    statuses = links.stream().map(ServerLink::status).toList();
  }

  void tell(Consumer<GearmanListener> event) {
    for (GearmanListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("A GearmanListener failed", e);
      }
    }
  }

  /** Ends all connections and attempts. Completes when nothing of them is left; does not fail. */
  public Future<Void> close() {
    List<Future<Void>> closed = new ArrayList<>();
    links.forEach(link -> closed.add(link.close()));
    return Future.join(closed)
        .transform(ignored -> connector.close())
        .transform(ignored -> Future.succeededFuture());
  }
}
