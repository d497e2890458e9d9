/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.Feature;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskStatus;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.taskwire.beanstalk.connection.ConnectFailure;
import io.taskwire.beanstalk.connection.ConnectionOptions;
import io.taskwire.beanstalk.connection.ConnectionSource;
import io.taskwire.beanstalk.connection.Connections;
import io.taskwire.beanstalk.connection.ReserveLoop;
import io.taskwire.beanstalk.connection.TimeLimit;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.KeptResults;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.SubmitListener;
import io.taskwire.spi.TaskIds;
import io.taskwire.spi.Ticker;
import io.taskwire.spi.Tls;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One queue's way to its beanstalkd. What outlives sessions is here: the reply tube and the results awaited from it, so
 * that callers go on waiting across a reconnect for as long as the broker has their jobs.
 */
final class BeanstalkTransport implements Transport, ConnectionSource {

  /** How long the broker may owe an answer before its connection is given up. */
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(20);

  private final TransportContext context;
  private final LongSupplier nanoTime;
  private final ConnectionOptions connectionOptions;
  private final ReplyHosts hosts;
  private final CallerResults results;

  /** Where they outlive this process; null for a caller without a name. */
  private final @Nullable DurableResults durable;

  private Tube replyTube;

  private final TaskIds ids = new TaskIds();

  // What is closed at the end even if an attempt to connect is under way then.
  private final Connections connections;

  private final Ticker leases;

  private @Nullable BeanstalkSession session;
  private @Nullable BrokerFacts lastBroker;
  private long absentSince;
  private boolean watched;

  BeanstalkTransport(TransportContext context) {
    this(context, System::nanoTime);
  }

  BeanstalkTransport(TransportContext context, LongSupplier nanoTime) {
    this.context = context;
    this.nanoTime = nanoTime;
    this.connections = new Connections(context.context(), REPLY_TIMEOUT);
    this.leases = ReserveLoop.leaseTicker(context.context());
    this.hosts = ReplyHosts.of(context);
    hosts.add(this);
    String clientId = clientId();
    if (clientId.isEmpty()) {
      this.durable = null;
      this.results = new AwaitedResults();
      this.replyTube = ReplyTube.of(context.instanceId());
    } else {
      Duration kept = context.settings().get(CoreOptions.RESULTS_KEPT);
      this.durable =
          new DurableResults(new KeptResults(context.context(), ids, kept), context.maxPayload());
      this.results = durable;
      this.replyTube = ReplyTube.ofClient(clientId, kept);
      // What came while nobody was there is waiting, and a tube that is watched is nobody's orphan.
      this.watched = true;
    }
    BrokerUri.HostPort host =
        context.uri().hosts().get(0).withDefaultPort(BeanstalkOptions.DEFAULT_PORT);
    // The broker limits whole jobs; this side limits payloads, and leaves room for the envelope
    // around them.
    int maxBody =
        (int) Math.min(Integer.MAX_VALUE, (long) context.maxPayload() + Envelope.MAX_HEADER_BYTES);
    ConnectionOptions plain = ConnectionOptions.of(host.host(), host.port())
        .withTimeouts(context.connectTimeout(), REPLY_TIMEOUT)
        .withLimits(maxBody, Integer.MAX_VALUE);
    Tls tls = context.tls();
    this.connectionOptions = tls == null ? plain : plain.withSsl(tls.clientOptions());
  }

  TransportContext context() {
    return context;
  }

  CallerResults results() {
    return results;
  }

  boolean isDurable() {
    return durable != null;
  }

  /** Who the caller is across restarts, empty if it is nobody. */
  String clientId() {
    return context.settings().get(CoreOptions.CLIENT_ID);
  }

  @Override
  public AcceptedTask attach(String taskName, String format, String id, SubmitListener listener) {
    if (durable == null) {
      throw new IllegalStateException("only a queue with a clientId attaches");
    }
    SubmittedTask task = SubmittedTask.attached(this, taskName, id, listener);
    durable.attach(task);
    return task;
  }

  /** The reply tube is read from now on, by this session and those after it. */
  void watchReplies() {
    if (!watched) {
      watched = true;
      hosts.watch();
    }
  }

  /** The reply tube is read at another host of this queue. */
  void watchToo() {
    watched = true;
    if (session != null) {
      Future<Void> unused = session.readReplies();
    }
  }

  /** The hosts that this queue's replies may come and go by. */
  ReplyHosts hosts() {
    return hosts;
  }

  /** The live connections, null while there are none. */
  @Nullable
  BeanstalkSession session() {
    return session;
  }

  Tube replyTube() {
    return replyTube;
  }

  /** Unique among all callers and all hosts of this one, in practice. */
  String nextId() {
    return ids.next();
  }

  @Override
  public Future<BeanstalkConnection> open() {
    return connections
        .open(connectionOptions)
        .recover(
            cause -> Future.failedFuture(connections.isClosed() ? queueClosed() : failed(cause)));
  }

  private static BrokerConnectException queueClosed() {
    return new BrokerConnectException("the queue was closed while connecting", false, null);
  }

  @Override
  public Ticker leases() {
    return leases;
  }

  @Override
  public String broker() {
    return connectionOptions.host() + ":" + connectionOptions.port();
  }

  @Override
  public Future<Session> connect(SessionListener listener) {
    return open()
        .compose(connection -> greet(connection)
            .compose(facts -> begin(connection, facts, listener))
            .onFailure(cause -> connection.close()));
  }

  /** Learns who the broker is; anything but beanstalkd fails here. */
  private Future<BrokerFacts> greet(BeanstalkConnection connection) {
    return TimeLimit.of(
            context.vertx(),
            context.connectTimeout().toMillis(),
            connection.send(new Command.Stats()))
        .transform((reply, cause) -> {
          if (reply instanceof Reply.Ok stats) {
            return Future.succeededFuture(BrokerFacts.of(stats));
          }
          return Future.failedFuture(
              cause == null
                  ? ConnectFailure.notBeanstalkd(broker(), "answers stats with " + reply, null)
                  : failed(cause));
        });
  }

  private BrokerConnectException failed(Throwable cause) {
    return ConnectFailure.of(broker(), context.tls(), cause);
  }

  private Future<Session> begin(
      BeanstalkConnection connection, BrokerFacts broker, SessionListener listener) {
    if (connections.isClosed()) {
      return Future.failedFuture(queueClosed());
    }
    compareWithLast(broker);
    lastBroker = broker;
    BeanstalkSession opened = new BeanstalkSession(this, connection, broker, listener);
    session = opened;
    // Waiting callers get their replies again before anything else happens. A tube that was ever
    // read is watched on: replies that come twice end here, and not as orphans.
    Future<Void> replies = watched ? opened.readReplies() : Future.succeededFuture();
    return replies.<Session>map(v -> opened.handOut()).onFailure(cause -> opened.abort());
  }

  /** Ends the waits that can come to nothing any more. */
  private void compareWithLast(BrokerFacts broker) {
    BrokerFacts last = lastBroker;
    if (last == null) {
      return;
    }
    if (!broker.continues(last)) {
      results.lose(
          "the broker was restarted without a binlog and has forgotten the task; it may have run before");
    } else if (durable == null
        && nanoTime.getAsLong() - absentSince > ReplyTube.SAFE_ABSENCE.toNanos()) {
      results.lose("the broker was out of reach for more than " + ReplyTube.SAFE_ABSENCE.toSeconds()
          + " s, and the reply may have been cleared away; the task may have run");
      replyTube = ReplyTube.of(UUID.randomUUID().toString().replace("-", ""));
    }
  }

  /** The session has ended, by itself or by the queue. */
  void ended(BeanstalkSession which) {
    if (session == which) {
      session = null;
      results.disconnected();
      absentSince = nanoTime.getAsLong();
    }
  }

  Future<Boolean> cancel(SubmittedTask task) {
    if (task.isForeign()) {
      return Future.failedFuture(new UnsupportedOptionException(
          Feature.CANCEL_QUEUED,
          "beanstalkd cancels a job by its number, which only the process that submitted it knows",
          task.taskName()));
    }
    return ask(task, new Command.Delete(task.jobId()), new Reply.NotFound())
        .map(Reply.Deleted.class::isInstance);
  }

  Future<TaskStatus> status(SubmittedTask task) {
    if (task.isForeign()) {
      return Future.succeededFuture(new TaskStatus(TaskStatus.State.UNKNOWN, null));
    }
    return ask(task, new Command.StatsJob(task.jobId()), new Reply.NotFound())
        .map(TaskStatuses::of);
  }

  /** Asks about a job, unless the number means another job by now. */
  private Future<Reply> ask(SubmittedTask task, Command command, Reply unknown) {
    BeanstalkSession live = session;
    BrokerFacts of = task.broker();
    if (live == null || of == null) {
      return Future.failedFuture(new TaskConnectException(
          "the broker is not connected; ask again later",
          task.taskName(),
          task.id(),
          notConnected()));
    }
    if (!live.broker().continues(of)) {
      return Future.succeededFuture(unknown);
    }
    return live.ask(command)
        .recover(cause -> Future.failedFuture(new OutcomeUnknownException(
            "the connection ended before the broker's answer",
            task.taskName(),
            task.id(),
            BrokerConnectException.of(broker(), cause))));
  }

  BrokerConnectException notConnected() {
    return new BrokerConnectException(broker() + " is not connected", true, null);
  }

  @Override
  public Future<Void> close() {
    results.clear();
    return connections.close();
  }
}
