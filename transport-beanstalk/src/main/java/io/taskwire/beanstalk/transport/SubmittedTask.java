/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.FailureCode;
import io.taskwire.TaskException;
import io.taskwire.TaskStatus;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** One submitted task: first on its way, then at the broker, then, where a result is wanted, awaited. */
final class SubmittedTask implements AcceptedTask {

  private final BeanstalkTransport transport;
  private final String taskName;
  private final SubmitListener listener;

  /** Under which the reply comes; null if none does. */
  private final @Nullable String correlationId;

  private long jobId = -1;
  private @Nullable BrokerFacts broker;

  /** A reply that overtook the acceptance: they come over different connections. */
  private @Nullable Envelope early;

  private boolean ended;

  SubmittedTask(
      BeanstalkTransport transport,
      String taskName,
      SubmitListener listener,
      @Nullable String correlationId) {
    this.transport = transport;
    this.taskName = taskName;
    this.listener = listener;
    this.correlationId = correlationId;
  }

  @Nullable
  String correlationId() {
    return correlationId;
  }

  String taskName() {
    return taskName;
  }

  long jobId() {
    return jobId;
  }

  /** The broker that {@link #jobId()} counts at; null before the acceptance. */
  @Nullable
  BrokerFacts broker() {
    return broker;
  }

  @Override
  public String id() {
    return correlationId != null ? correlationId : Long.toString(jobId);
  }

  boolean isAccepted() {
    return broker != null;
  }

  void accept(long id, BrokerFacts by) {
    jobId = id;
    broker = by;
    listener.accepted(this);
    Envelope reply = early;
    early = null;
    if (reply != null && !ended) {
      end(reply);
    }
  }

  void reject(TaskException cause) {
    ended = true;
    transport.results().forget(this);
    listener.rejected(cause);
  }

  /** Takes the reply, now or as soon as the task is accepted. */
  void reply(Envelope reply) {
    if (isAccepted()) {
      end(reply);
    } else if (early == null) {
      early = reply;
    }
  }

  /** A reply proves the acceptance, even if that was never answered. */
  boolean hasEarlyReply() {
    return early != null;
  }

  /** No result will come. */
  void lose(TaskException cause) {
    if (!ended) {
      ended = true;
      transport.results().forget(this);
      listener.lost(cause);
    }
  }

  private void end(Envelope reply) {
    ended = true;
    transport.results().forget(this);
    Failure failure = Failure.ofHeaders(reply.headers());
    int limit = transport.context().maxPayload();
    if (reply.payload().length() > limit) {
      String text = "the result has more bytes than this caller's maxPayload of " + limit;
      listener.failed(new Failure(FailureCode.TOO_LARGE, "", text, null));
    } else if (failure == null) {
      listener.completed(reply.payload(), reply.headers());
    } else {
      listener.failed(failure);
    }
  }

  @Override
  public void abandon() {
    ended = true;
    early = null;
    transport.results().forget(this);
  }

  @Override
  public Future<Boolean> cancel() {
    return transport.cancel(this);
  }

  @Override
  public Future<TaskStatus> status() {
    return transport.status(this);
  }
}
