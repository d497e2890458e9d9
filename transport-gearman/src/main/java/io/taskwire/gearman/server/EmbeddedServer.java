/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerCounters;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.gearman.codec.FrameParser;
import io.taskwire.gearman.codec.Request;
import io.taskwire.spi.Schedule;
import io.taskwire.spi.TcpKeepAlive;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.net.TcpServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server: its connections, from the first to the last. All that is not final belongs to the event loop. */
final class EmbeddedServer implements GearmanServer {

  private static final Logger LOG = LoggerFactory.getLogger(GearmanServer.class);

  /** A burst of connections must not be refused. */
  private static final int BACKLOG = 1024;

  /** How long a closing connection may take to read the rest. */
  private static final long END_MILLIS = 1_000;

  /** How many functions one worker may serve. */
  private static final int MAX_ABILITIES = 10_000;

  private final ContextInternal context;
  private final @Nullable Vertx own;
  private final GearmanServerOptions options;
  private final boolean tls;
  private final NetServer server;
  private final Tally tally = new Tally();
  private final Schedule deadlines;
  private final Flusher flusher;
  private final AccessList access;
  private final Set<Peer> peers = new LinkedHashSet<>();

  /** Of no context: it must be heard of after the loop has ended. */
  private final Promise<Void> closed = Promise.promise();

  private final Closeable closeHook = this::closeWithVertx;

  /** Written before anybody gets the server, and never again. */
  private int port;

  private @Nullable JobBoard board;
  private @Nullable AdminCommands admin;
  private long connections;
  private boolean closing;
  private boolean ending;
  private long drainTimer = -1;
  private @Nullable GearmanServerCounters last;

  EmbeddedServer(
      ContextInternal context,
      @Nullable Vertx own,
      GearmanServerOptions options,
      @Nullable ServerSSLOptions tls) {
    this.context = context;
    this.own = own;
    this.options = options;
    this.tls = tls != null;
    deadlines = new Schedule(context.owner());
    flusher = new Flusher(context);
    access = new AccessList(options.acl());
    TcpConfig tcp = TcpKeepAlive.config().setReuseAddress(true);
    TcpServerConfig config = new TcpServerConfig()
        .setHost(options.host())
        .setPort(options.port())
        .setAcceptBacklog(BACKLOG)
        .setSsl(tls != null);
    config.setTransportConfig(tcp);
    server = context.owner().createNetServer(config, tls);
  }

  Future<GearmanServer> listen() {
    ContextInternal caller = ContextInternal.current();
    Promise<GearmanServer> listening = caller == null ? Promise.promise() : caller.promise();
    context.runOnContext(on -> server
        .connectHandler(this::accept)
        .exceptionHandler(failure -> LOG.debug("A connection has failed before it began", failure))
        .listen()
        .onComplete(
            bound -> {
              port = bound.actualPort();
              begin();
              listening.complete(this);
            },
            failure -> listening.fail(new GearmanException(
                "cannot start a Gearman server on " + options.host() + ":" + options.port() + ": "
                    + failure.getMessage()
                    + "; choose another port (0 for a free one) or host, and check"
                    + " the certificate files if there are any",
                failure))));
    return listening.future();
  }

  private void begin() {
    JobBoard jobs = new JobBoard(
        new JobBoard.Limits(
            options.maxFunctions(),
            options.maxJobs(),
            options.maxJobBytes(),
            options.jobRetries(),
            options.roundRobin()),
        "H:taskwire-" + port + ":",
        deadlines,
        tally);
    board = jobs;
    admin = new AdminCommands(
        jobs,
        () -> peers,
        access,
        ServerVersion.text(),
        graceful -> context.runOnContext(
            on -> beginShutdown(graceful ? options.drainTimeout() : Duration.ZERO)));
    if (own == null) {
      context.owner().addCloseHook(closeHook);
    }
  }

  private void accept(NetSocket socket) {
    JobBoard jobs = board;
    AdminCommands commands = admin;
    if (jobs == null || commands == null || closing || peers.size() >= options.maxConnections()) {
      tally.connectionsRefused++;
      socket.close();
      return;
    }
    tally.connectionsAccepted++;
    Holder holder = new Holder();
    PeerSocket writer = new PeerSocket(
        context.owner(),
        socket,
        flusher,
        tally,
        Math.max(options.maxUnsent(), 2L * options.maxPayload()),
        options.stallTimeout().toMillis(),
        why -> context.runOnContext(on -> holder.closeTooSlow(why)));
    Peer peer = new Peer(writer, ++connections, ServerTls.subject(socket));
    peer.wantsExceptions = options.exceptions();
    holder.peer = peer;
    peers.add(peer);
    FrameParser<Request> parser = FrameParser.requests(
        new RequestHandler(
            peer, jobs, access, commands, tally, options.maxPayload(), MAX_ABILITIES, why -> {
              LOG.debug("Connection {} is closed: {}", peer.number, why);
              writer.end(END_MILLIS);
            }),
        options.maxPayload());
    socket.exceptionHandler(failure -> LOG.debug("Connection {} has failed", peer.number, failure));
    socket.closeHandler(end -> gone(peer));
    writer.read(parser::feed);
  }

  /** A connection, for what was made before it. */
  private final class Holder {

    private @Nullable Peer peer;

    void closeTooSlow(String why) {
      Peer slow = peer;
      if (slow != null && !slow.socket.isClosed()) {
        tally.connectionsTooSlow++;
        LOG.warn("Connection {} from {} is closed: {}", slow.number, slow.socket.remoteHost(), why);
        slow.socket.close();
        gone(slow);
      }
    }
  }

  private void gone(Peer peer) {
    if (peers.remove(peer)) {
      peer.socket.closed();
      if (board != null) {
        board.leave(peer);
      }
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String host() {
    return switch (options.host()) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::", "[::]" -> "::1";
      default -> options.host();
    };
  }

  @Override
  public String uri() {
    String host = host();
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (tls ? "gearmans://" : "gearman://") + (bare ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public Future<GearmanServerCounters> counters() {
    ContextInternal caller = ContextInternal.current();
    Promise<GearmanServerCounters> answer = caller == null ? Promise.promise() : caller.promise();
    try {
      context.runOnContext(on -> answer.complete(snapshot()));
    } catch (RejectedExecutionException e) {
      // The loop has ended, and with it all that was written there: closed says so to this thread.
      closed.future().onComplete(end -> answer.complete(snapshot()));
    }
    return answer.future();
  }

  private GearmanServerCounters snapshot() {
    GearmanServerCounters end = last;
    if (end != null) {
      return end;
    }
    JobBoard jobs = board;
    return jobs == null
        ? tally.snapshot(0, 0, 0, 0, 0)
        : tally.snapshot(
            peers.size(),
            jobs.functions().all().size(),
            jobs.jobs().size(),
            jobs.running(),
            jobs.bytes());
  }

  @Override
  public Future<Void> shutdown() {
    return shutdown(options.drainTimeout());
  }

  @Override
  public Future<Void> shutdown(Duration limit) {
    try {
      context.runOnContext(on -> beginShutdown(limit));
    } catch (RejectedExecutionException e) {
      // The loop has ended: the server is closed, or about to say so.
      return closed.future();
    }
    return closed.future();
  }

  private void beginShutdown(Duration limit) {
    if (ending) {
      return;
    }
    if (!closing) {
      closing = true;
      // Vert.x cannot stop listening and keep connections: new ones are closed as they come.
      if (board != null) {
        board.drain(() -> context.runOnContext(on -> end()));
      }
    }
    if (limit.isZero() || limit.isNegative()) {
      end();
      return;
    }
    // A later call may have a shorter limit: each has a timer, and the first that fires counts.
    drainTimer = context.owner().setTimer(limit.toMillis() + 1, id -> end());
  }

  private void end() {
    if (ending) {
      return;
    }
    ending = true;
    context.owner().cancelTimer(drainTimer);
    List<Future<Void>> ends = new ArrayList<>();
    for (Peer peer : List.copyOf(peers)) {
      ends.add(peer.socket.end(END_MILLIS));
    }
    Future.join(ends).onComplete(all -> server.close().onComplete(done -> finish()));
  }

  private void finish() {
    deadlines.close();
    last = snapshot();
    Vertx instance = own;
    if (instance == null) {
      context.owner().removeCloseHook(closeHook);
      closed.complete();
    } else {
      instance.close().onComplete(done -> closed.complete());
    }
  }

  /** The instance that the server runs on is closed by its owner. */
  private void closeWithVertx(Completable<Void> completion) {
    shutdown(Duration.ZERO).onComplete(done -> completion.succeed());
  }

  @Override
  public Future<Void> closed() {
    return closed.future();
  }

  @Override
  public void close() {
    Future<Void> end = shutdown();
    if (Context.isOnEventLoopThread()) {
      return;
    }
    try {
      end.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a server cannot fail", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
