/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.connection.ServerLink;
import io.taskwire.gearman.connection.ServerLinks;
import io.taskwire.spi.TimeLimit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Requests other than jobs that wait for a server. */
final class ServerWait {

  private final ServerLinks links;
  private final Duration limit;
  private final int most;
  private final Set<Promise<ServerLink>> waiting = new LinkedHashSet<>();
  private final TimeLimit<Promise<ServerLink>> deadlines;
  private @Nullable GearmanException closed;

  ServerWait(ServerLinks links, GearmanOptions options) {
    this.links = links;
    this.limit = options.requestTimeout();
    this.most = options.maxPending();
    deadlines = new TimeLimit<>(links.loop().vertx(), limit, promise -> {
      waiting.remove(promise);
      promise.tryFail(NoServers.of(links, limit));
    });
  }

  /** Any connected server, out of turn; waits for one if none is connected, and fails if none comes. */
  Future<ServerLink> any() {
    if (closed != null) {
      return Future.failedFuture(closed);
    }
    List<ServerLink> connected = links.connected();
    if (!connected.isEmpty()) {
      return Future.succeededFuture(connected.get(0));
    }
    if (links.isHopeless()) {
      return Future.failedFuture(NoServers.of(links, Duration.ZERO));
    }
    if (waiting.size() >= most) {
      return Future.failedFuture(new GearmanException(
          "no server is connected, and maxPending=" + most + " requests wait for one already",
          null));
    }
    Promise<ServerLink> promise = Promise.promise();
    waiting.add(promise);
    deadlines.begin(promise);
    return promise.future();
  }

  /** The next connected server in turn; waits for one as {@link #any} does. */
  Future<ServerLink> next() {
    return any().map(any -> {
      ServerLink next = links.next();
      return next == null ? any : next;
    });
  }

  void connected(ServerLink link) {
    takeAll(promise -> promise.tryComplete(link));
  }

  void connectFailed() {
    if (!waiting.isEmpty() && links.isHopeless()) {
      takeAll(promise -> promise.tryFail(NoServers.of(links, Duration.ZERO)));
    }
  }

  void close(GearmanException cause) {
    closed = cause;
    takeAll(promise -> promise.tryFail(cause));
    deadlines.close();
  }

  private void takeAll(Consumer<Promise<ServerLink>> then) {
    List<Promise<ServerLink>> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(promise -> {
      deadlines.end(promise);
      then.accept(promise);
    });
  }
}
