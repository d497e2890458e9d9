/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.spi.OneLoopVertx;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ServerSSLOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Starts servers. */
public final class ServerLauncher {

  private ServerLauncher() {}

  /** Starts a server with a Vert.x instance of its own, and waits until it listens. */
  public static GearmanServer start(GearmanServerOptions options) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          "start() waits, which an event loop must not: use start(Vertx, GearmanServerOptions)");
    }
    ServerSSLOptions tls = ServerTls.of(options);
    Vertx own = OneLoopVertx.create();
    CompletableFuture<GearmanServer> started =
        start(own, own, options, tls).toCompletionStage().toCompletableFuture();
    try {
      return started.get();
    } catch (ExecutionException e) {
      own.close();
      throw e.getCause() instanceof GearmanException known
          ? known
          : new GearmanException("the Gearman server has not started", e.getCause());
    } catch (InterruptedException e) {
      own.close();
      Thread.currentThread().interrupt();
      throw new GearmanException("interrupted while the Gearman server was starting", e);
    }
  }

  /** Starts a server on an instance that is given. */
  public static Future<GearmanServer> start(Vertx vertx, GearmanServerOptions options) {
    return start(vertx, null, options, ServerTls.of(options));
  }

  private static Future<GearmanServer> start(
      Vertx vertx,
      @Nullable Vertx own,
      GearmanServerOptions options,
      @Nullable ServerSSLOptions tls) {
    // The internal type, because it makes a fresh event-loop context wherever it is called.
    ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    return new EmbeddedServer(context, own, options, tls).listen();
  }
}
