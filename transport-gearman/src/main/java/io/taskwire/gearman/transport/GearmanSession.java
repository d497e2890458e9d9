/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Capabilities;
import io.taskwire.EnvelopeMode;
import io.taskwire.FailureCode;
import io.taskwire.TaskException;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskStatus;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.connection.ConnectionOwner;
import io.taskwire.gearman.connection.FunctionName;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.gearman.connection.Reply;
import io.taskwire.gearman.connection.SharedLoop;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Schedule;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.taskwire.spi.TaskIds;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection that submits, one more for each consumer, because a server does not ask its workers which function they
 * want next, and one for the results that wait for this client, if it has a name. They all go to the same host, and end
 * together.
 */
final class GearmanSession implements Session, ConnectionOwner {

  private static final int MOST_DEADLINES = 1_000_000;

  private final GearmanConnector connector;
  private final HostPort host;
  private final GearmanSettings settings;
  private final JobFactory jobs;
  private final TaskIds ids;
  private final @Nullable DurableResults results;
  private final SessionListener listener;
  private final Schedule schedule;
  private final Set<GearmanConsumer> consumers = new LinkedHashSet<>();
  private @Nullable GearmanConnection connection;
  private @Nullable ReplyConsumer replies;
  private @Nullable SharedLoop shared;
  private boolean closing;
  private boolean closed;

  private GearmanSession(GearmanTransport transport, SessionListener listener) {
    this.connector = transport.connector();
    this.host = transport.host();
    this.settings = transport.settings();
    this.ids = transport.ids();
    this.results = transport.results();
    this.listener = listener;
    this.jobs = new JobFactory(settings, ids);
    this.schedule = new Schedule(transport.vertx());
  }

  static Future<Session> open(GearmanTransport transport, SessionListener listener) {
    GearmanSession session = new GearmanSession(transport, listener);
    return session.connector.open(session.host, session).compose(connection -> {
      session.connection = connection;
      return session.openReplies();
    });
  }

  private Future<Session> openReplies() {
    if (results == null) {
      return Future.succeededFuture(this);
    }
    ReplyConsumer fresh = new ReplyConsumer(this, results, settings.clientId());
    replies = fresh;
    return fresh
        .open(connector, host)
        .<Session>map(live -> {
          if (closed) {
            throw new BrokerConnectException("the connection to " + host + " is lost", true, null);
          }
          results.connected(this);
          return this;
        })
        .onFailure(cause -> {
          closing = true;
          schedule.close();
          connection().close(cause);
        });
  }

  /** The connection that submits. */
  GearmanConnection connection() {
    GearmanConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("the session is not connected yet");
    }
    return open;
  }

  EnvelopeMode envelope() {
    return settings.envelope();
  }

  int maxPayload() {
    return settings.maxPayload();
  }

  boolean isClosing() {
    return closing;
  }

  boolean isClosed() {
    return closed || closing;
  }

  Duration acceptTimeout() {
    return settings.acceptTimeout();
  }

  /** What is to be done at a certain time of this session. */
  Schedule schedule() {
    return schedule;
  }

  GearmanSettings settings() {
    return settings;
  }

  ReplySender replySender() {
    return new ReplySender(connection(), schedule);
  }

  DeadLetters deadLetters() {
    return new DeadLetters(connection(), ids);
  }

  Failure tooLarge(String what, long length) {
    return new Failure(
        FailureCode.TOO_LARGE,
        "",
        what + " has " + length + " bytes, maxPayload is " + settings.maxPayload(),
        null);
  }

  @Override
  public Capabilities capabilities() {
    return settings.capabilities();
  }

  @Override
  public void submit(Submission submission, SubmitListener submitListener) {
    String durableId = jobs.durableId(submission);
    TaskJob job;
    try {
      if (submission.deadline() != null && schedule.size() >= MOST_DEADLINES) {
        throw new TaskRejectedException(
            Reason.LOCAL_LIMIT,
            MOST_DEADLINES + " tasks with a deadline are open already",
            submission.taskName(),
            null);
      }
      job = jobs.job(submission, durableId);
    } catch (TaskException refusal) {
      submitListener.rejected(refusal);
      return;
    }
    connection().send(job.packet(), waiting(submission, durableId, submitListener));
  }

  private Reply waiting(
      Submission submission, @Nullable String durableId, SubmitListener submitListener) {
    if (durableId == null || results == null) {
      return new SubmittedTask(this, submission, submitListener);
    }
    DurableTask task = DurableTask.submitted(results, this, submission, durableId, submitListener);
    results.await(task);
    return task;
  }

  Future<TaskStatus> status(String taskName, String handle) {
    Promise<TaskStatus> answer = Promise.promise();
    StatusReply.ask(connection(), taskName, handle, answer);
    return answer.future();
  }

  /** The status of whatever job has a unique id. */
  Future<TaskStatus> statusOfUnique(String taskName, String unique) {
    return UniqueStatusReply.ask(connection(), taskName, unique);
  }

  @Override
  public boolean isWritable() {
    return connection().isWritable();
  }

  @Override
  public Future<Consumer> consume(ConsumerSpec spec, ConsumerListener consumerListener) {
    // Where its dead letters go must be a name too.
    String refusal = FunctionName.refuse(
        settings.deadLetter() ? DeadLetters.functionOf(spec.taskName()) : spec.taskName());
    if (refusal != null) {
      return Future.failedFuture(new BrokerConnectException(
          "cannot take tasks of \"" + spec.taskName() + "\": " + refusal, false, null));
    }
    GearmanConsumer consumer = new GearmanConsumer(this, spec, consumerListener);
    long alone = consumers.stream().filter(other -> !other.isShared()).count();
    consumers.add(consumer);
    return alone < settings.maxConnections() - 1
        ? consumer.open(connector, host)
        : consumer.share(sharedLoop());
  }

  /** The last of the connections that take tasks: all names beyond the others meet on it. */
  private SharedLoop sharedLoop() {
    SharedLoop open = shared;
    if (open == null) {
      open = new SharedLoop(connector, host, () -> shared = null);
      shared = open;
    }
    return open;
  }

  void removed(GearmanConsumer consumer) {
    consumers.remove(consumer);
  }

  @Override
  public Future<Void> ping() {
    return connection().barrier();
  }

  @Override
  public Future<Void> close() {
    closing = true;
    schedule.close();
    List<Future<Void>> ends = new ArrayList<>();
    new ArrayList<>(consumers).forEach(consumer -> ends.add(consumer.close()));
    if (shared != null) {
      ends.add(shared.close());
    }
    if (replies != null) {
      ends.add(replies.close());
    }
    ends.add(
        connection().shutdown(new BrokerConnectException("the session is closed", true, null)));
    return Future.join(ends).<Void>mapEmpty().eventually(this::gone);
  }

  private Future<Void> gone() {
    if (results != null) {
      results.disconnected();
    }
    return Future.succeededFuture();
  }

  /** One of its connections is lost, and it is lost with it. */
  void fail(Throwable cause) {
    if (!closing) {
      connection().close(cause);
    }
  }

  @Override
  public void worker(Response packet) {
    connection()
        .close(new BrokerConnectException(
            host + " sends " + packet.type() + " to a connection that takes no jobs", true, null));
  }

  @Override
  public void oversizedJob(Response job, long payloadLength) {
    worker(job);
  }

  @Override
  public void unaskedError(ErrorResponse error) {
    connection()
        .close(new BrokerConnectException(
            host + " refuses what was not asked: " + error.code() + " " + error.text(),
            true,
            null));
  }

  @Override
  public void lateResult(String handle) {
    listener.lateReply(handle);
  }

  @Override
  public void endOfChunk() {}

  @Override
  public void writable() {
    listener.writable();
  }

  @Override
  public void closed(Throwable cause) {
    closed = true;
    if (connection == null || closing) {
      // Before it was open the failed handshake tells; after close() nobody wants to know.
      return;
    }
    schedule.close();
    if (results != null) {
      results.disconnected();
    }
    listener.lost(cause);
    new ArrayList<>(consumers).forEach(consumer -> consumer.lost(cause));
    if (replies != null) {
      replies.lost(cause);
    }
  }
}
