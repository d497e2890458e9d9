/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import io.taskwire.Capabilities;
import io.taskwire.Feature;
import io.taskwire.Support;
import io.taskwire.rabbitmq.codec.QueueNames;
import io.taskwire.rabbitmq.connection.AmqpConnection;
import io.taskwire.rabbitmq.connection.ConnectionOptions;
import io.taskwire.rabbitmq.connection.Connections;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.KeptResults;
import io.taskwire.spi.Schedule;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.SubmitListener;
import io.taskwire.spi.TaskIds;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One queue's way to its RabbitMQ. What outlives sessions is here: the name of the reply queue and the results awaited from
 * it, so that callers go on waiting across a reconnect for as long as the broker has that queue.
 */
final class RabbitmqTransport implements Transport {

  private static final int TLS_PORT = 5671;

  private final TransportContext context;
  private final QueueSettings settings;
  private final Credentials credentials;
  private final ConnectionOptions connectionOptions;
  private final TaskIds ids = new TaskIds();
  private final KeptResults results;
  private final Schedule schedule;
  private final ReplyQueue replyQueue;
  private final Connections connections;

  private @Nullable RabbitmqSession session;

  /** Whether the replies are read from now on, by this session and those after it. */
  private boolean readsReplies;

  /** The largest body the broker takes, as far as it has told by refusing one. */
  private long largestBody = Long.MAX_VALUE;

  RabbitmqTransport(TransportContext context, QueueSettings settings) {
    this.context = context;
    this.settings = settings;
    Duration kept = context.settings().get(CoreOptions.RESULTS_KEPT);
    this.schedule = new Schedule(context.vertx());
    this.connections = new Connections(context.context());
    HostPort host = context
        .uri()
        .hosts()
        .get(0)
        .withDefaultPort(context.tls() == null ? RabbitmqTransportProvider.PORT : TLS_PORT);
    this.credentials = Credentials.of(context.uri(), context.settings());
    this.connectionOptions = new ConnectionOptions(
        host.host(),
        host.port(),
        virtualHost(context.uri()),
        credentials.user(),
        credentials.password(),
        context.tls(),
        context.connectTimeout(),
        context.settings().get(TransportOptions.HEARTBEAT),
        "taskwire " + context.instanceId());
    String clientId = context.settings().get(CoreOptions.CLIENT_ID);
    // The brokers of one queue may be nodes of one cluster, where the names of queues count
    // everywhere.
    String oneOfSeveral = context.shared() == null ? null : host.toString();
    // A reply that nobody waits for is of use to a later life of its caller only.
    this.results =
        new KeptResults(context.context(), ids, clientId.isEmpty() ? Duration.ZERO : kept);
    this.replyQueue = clientId.isEmpty()
        ? ReplyQueue.of(QueueNames.ofReplies(context.instanceId(), oneOfSeveral))
        : ReplyQueue.ofClient(QueueNames.ofReplies(clientId, oneOfSeveral), kept);
    // What came while nobody was there is waiting.
    this.readsReplies = replyQueue.isDurable();
  }

  private static String virtualHost(BrokerUri uri) {
    return uri.path().isEmpty() ? "/" : uri.path();
  }

  TransportContext context() {
    return context;
  }

  QueueSettings settings() {
    return settings;
  }

  String user() {
    return credentials.user();
  }

  /** What the settings leave of what can be had at best. */
  Capabilities capabilities() {
    Capabilities all = RabbitmqTransportProvider.CAPABILITIES;
    if (settings.maxPriority() == 0) {
      all = all.with(Feature.PRIORITY, Support.NONE);
    }
    if (!settings.hasDeadLetters()) {
      all = all.with(Feature.DEAD_LETTER, Support.NONE);
    }
    if (!settings.durable()) {
      all = all.with(Feature.PERSISTENCE, Support.NONE);
    }
    return all;
  }

  KeptResults results() {
    return results;
  }

  /** What is to be done at deadlines. */
  Schedule schedule() {
    return schedule;
  }

  ReplyQueue replyQueue() {
    return replyQueue;
  }

  /** Whether replies have to survive the broker's death on their way. */
  boolean keepsReplies() {
    return replyQueue.isDurable() || context.settings().get(TransportOptions.PERSISTENT_REPLIES);
  }

  String nextId() {
    return ids.next();
  }

  String broker() {
    return connectionOptions.host() + ":" + connectionOptions.port();
  }

  boolean readsReplies() {
    return readsReplies;
  }

  void readRepliesFromNowOn() {
    readsReplies = true;
  }

  long largestBody() {
    return largestBody;
  }

  /** The broker has refused a body for its size. */
  void bodiesAreAtMost(long bytes) {
    largestBody = Math.min(largestBody, bytes);
  }

  @Override
  public AcceptedTask attach(String taskName, String format, String id, SubmitListener listener) {
    SubmittedTask task = SubmittedTask.attached(this, taskName, format, id, listener);
    results.attach(task);
    return task;
  }

  @Override
  public Future<Session> connect(SessionListener listener) {
    Future<AmqpConnection> publishing = connections.open(connectionOptions);
    Future<AmqpConnection> consuming = connections.open(connectionOptions);
    return Future.join(publishing, consuming).transform((both, cause) -> {
      if (cause != null || connections.isClosed()) {
        closeIfOpen(publishing);
        closeIfOpen(consuming);
        return Future.failedFuture(
            connections.isClosed() ? queueClosed() : BrokerConnectException.of(broker(), cause));
      }
      return begin(publishing.result(), consuming.result(), listener);
    });
  }

  private static void closeIfOpen(Future<AmqpConnection> opened) {
    if (opened.succeeded()) {
      Future<Void> unused = opened.result().close();
    }
  }

  private Future<Session> begin(
      AmqpConnection publishing, AmqpConnection consuming, SessionListener listener) {
    return publishing
        .openPublisher()
        .compose(publisher -> {
          RabbitmqSession opened =
              new RabbitmqSession(this, publishing, consuming, publisher, listener);
          session = opened;
          // Waiting callers get their replies again before anything else happens.
          Future<Void> replies = readsReplies ? opened.readReplies() : Future.succeededFuture();
          return replies.compose(v -> opened.handOut()).onFailure(failed -> opened.abort());
        })
        .recover(cause -> {
          Future<Void> unused = publishing.close();
          unused = consuming.close();
          return Future.failedFuture(
              cause instanceof QueueRefusedException refused
                  ? new BrokerConnectException(
                      String.valueOf(refused.getMessage()), refused.mayPass(), refused)
                  : BrokerConnectException.of(broker(), cause));
        });
  }

  private static BrokerConnectException queueClosed() {
    return new BrokerConnectException("the queue was closed while connecting", false, null);
  }

  BrokerConnectException notConnected() {
    return new BrokerConnectException(broker() + " is not connected", true, null);
  }

  /** The reply queue is gone, and with it all that was in it or will be sent to it. */
  void repliesAreGone() {
    String why = "the queue that its reply comes by is gone from " + broker()
        + ", which was out of reach for too long or has lost it; the task may have run";
    for (KeptResults.Wait task : results.awaited()) {
      if (((SubmittedTask) task).isAccepted()) {
        results.lose(task.id(), why);
      }
    }
  }

  /** The session has ended, by itself or by the queue. */
  void ended(RabbitmqSession which) {
    if (session == which) {
      session = null;
      results.disconnected();
    }
  }

  @Override
  public Future<Void> close() {
    schedule.close();
    results.close();
    return connections.close();
  }
}
