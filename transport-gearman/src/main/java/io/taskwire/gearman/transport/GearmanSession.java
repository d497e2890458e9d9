/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Capabilities;
import io.taskwire.EnvelopeMode;
import io.taskwire.FailureCode;
import io.taskwire.Feature;
import io.taskwire.Support;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskStatus;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.SubmitJobHigh;
import io.taskwire.gearman.codec.SubmitJobHighBg;
import io.taskwire.gearman.codec.SubmitJobLow;
import io.taskwire.gearman.codec.SubmitJobLowBg;
import io.taskwire.gearman.connection.ConnectionOwner;
import io.taskwire.gearman.connection.FunctionName;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection that submits, and one more for each consumer: a server does not ask its workers which function they want
 * next. They all go to the same host, and end together.
 */
final class GearmanSession implements Session, ConnectionOwner {

  private final GearmanConnector connector;
  private final HostPort host;
  private final GearmanSettings settings;
  private final SessionListener listener;
  private final Set<GearmanConsumer> consumers = new LinkedHashSet<>();
  private @Nullable GearmanConnection connection;
  private boolean closing;

  private GearmanSession(
      GearmanConnector connector,
      HostPort host,
      GearmanSettings settings,
      SessionListener listener) {
    this.connector = connector;
    this.host = host;
    this.settings = settings;
    this.listener = listener;
  }

  static Future<Session> open(
      GearmanConnector connector,
      HostPort host,
      GearmanSettings settings,
      SessionListener listener) {
    GearmanSession session = new GearmanSession(connector, host, settings, listener);
    return connector.open(host, session).map(connection -> {
      session.connection = connection;
      return session;
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

  Failure tooLarge(String what, long length) {
    return new Failure(
        FailureCode.TOO_LARGE,
        "",
        what + " has " + length + " bytes, maxPayload is " + settings.maxPayload(),
        null);
  }

  @Override
  public Capabilities capabilities() {
    return settings.envelope() == EnvelopeMode.NEVER
        ? GearmanTransportProvider.CAPABILITIES.with(Feature.HEADERS, Support.NONE)
        : GearmanTransportProvider.CAPABILITIES;
  }

  @Override
  public void submit(Submission submission, SubmitListener submitListener) {
    String name = submission.taskName();
    String unique = UniqueId.of(submission);
    String refusal = FunctionName.refuse(name);
    if (refusal == null) {
      refusal = UniqueId.refuse(unique);
    }
    if (refusal != null) {
      submitListener.rejected(new TaskRejectedException(Reason.REFUSED, refusal, name, null));
      return;
    }
    Buffer body = Envelope.wrap(settings.envelope(), submission.headers(), submission.payload());
    if (submission.payload().length() > settings.maxPayload()) {
      submitListener.rejected(new TaskRejectedException(
          Reason.TOO_LARGE,
          tooLarge("the payload", submission.payload().length()).message(),
          name,
          null));
      return;
    }
    connection()
        .send(
            packet(submission, unique, body),
            new SubmittedTask(this, name, submission.wantsResult(), submitListener));
  }

  private static Request packet(Submission submission, String unique, Buffer body) {
    String function = submission.taskName();
    boolean foreground = submission.wantsResult();
    return switch (submission.priority()) {
      case HIGH ->
        foreground
            ? new SubmitJobHigh(function, unique, body)
            : new SubmitJobHighBg(function, unique, body);
      case NORMAL ->
        foreground
            ? new SubmitJob(function, unique, body)
            : new SubmitJobBg(function, unique, body);
      case LOW ->
        foreground
            ? new SubmitJobLow(function, unique, body)
            : new SubmitJobLowBg(function, unique, body);
    };
  }

  Future<TaskStatus> status(String taskName, String handle) {
    Promise<TaskStatus> answer = Promise.promise();
    StatusReply.ask(connection(), taskName, handle, answer);
    return answer.future();
  }

  @Override
  public boolean isWritable() {
    return connection().isWritable();
  }

  @Override
  public Future<Consumer> consume(ConsumerSpec spec, ConsumerListener consumerListener) {
    String refusal = FunctionName.refuse(spec.taskName());
    if (refusal != null) {
      return Future.failedFuture(new BrokerConnectException(
          "cannot take tasks of \"" + spec.taskName() + "\": " + refusal, false, null));
    }
    GearmanConsumer consumer = new GearmanConsumer(this, spec, consumerListener);
    consumers.add(consumer);
    return consumer.open(connector, host);
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
    List<Future<Void>> closed = new ArrayList<>();
    new ArrayList<>(consumers).forEach(consumer -> closed.add(consumer.close()));
    closed.add(
        connection().shutdown(new BrokerConnectException("the session is closed", true, null)));
    return Future.join(closed).mapEmpty();
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
  public void heartbeat() {}

  @Override
  public void closed(Throwable cause) {
    if (connection == null || closing) {
      // Before it was open the failed handshake tells; after close() nobody wants to know.
      return;
    }
    listener.lost(cause);
    new ArrayList<>(consumers).forEach(consumer -> consumer.lost(cause));
  }
}
