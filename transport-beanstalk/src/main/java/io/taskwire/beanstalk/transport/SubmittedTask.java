/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.FailureCode;
import io.taskwire.TaskException;
import io.taskwire.TaskStatus;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.KeptResults;
import io.taskwire.spi.Outcome;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One submitted task: first on its way, then at the broker, then, where a result is wanted, awaited; or awaited alone. */
final class SubmittedTask extends KeptResults.Wait implements AcceptedTask {

  /** The number of a job that another process has put, or none yet. */
  private static final long UNKNOWN_JOB = -1;

  private static final int MOST_EARLY_REPORTS = 64;

  private final BeanstalkTransport transport;
  private final String taskName;
  private final SubmitListener listener;

  /** Under which the reply comes; null if none does. */
  private final @Nullable String correlationId;

  private long jobId = UNKNOWN_JOB;
  private @Nullable BrokerFacts broker;

  private boolean accepted;

  /** A reply that overtook the acceptance: they come over different connections. */
  private @Nullable Outcome early;

  /** Reports that did; those beyond are dropped. */
  private @Nullable List<Envelope> earlyReports;

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

  /** One that another process, or this one before, has submitted. */
  static SubmittedTask attached(
      BeanstalkTransport transport, String taskName, String id, SubmitListener listener) {
    SubmittedTask task = new SubmittedTask(transport, taskName, listener, id);
    task.accepted = true;
    return task;
  }

  @Nullable
  String correlationId() {
    return correlationId;
  }

  @Override
  protected String taskName() {
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

  /** Whether it is another process that submitted it. */
  boolean isForeign() {
    return accepted && broker == null;
  }

  @Override
  protected boolean isAccepted() {
    return accepted;
  }

  void accept(long id, BrokerFacts by) {
    jobId = id;
    broker = by;
    accepted = true;
    listener.accepted(this);
    List<Envelope> reports = earlyReports;
    earlyReports = null;
    if (reports != null) {
      reports.forEach(this::report);
    }
    Outcome outcome = early;
    early = null;
    if (outcome != null && !ended) {
      end(outcome);
    }
  }

  void reject(TaskException cause) {
    ended = true;
    transport.results().forget(this);
    listener.rejected(cause);
  }

  /** Takes the reply, now or as soon as the task is accepted. */
  void reply(Envelope reply) {
    finish(outcome(reply, transport.context().maxPayload()));
  }

  @Override
  protected void finish(Outcome outcome) {
    if (accepted) {
      end(outcome);
    } else if (early == null) {
      early = outcome;
    }
  }

  /** Takes what the handler tells ahead of its result. */
  void report(Envelope report) {
    if (accepted) {
      if (!ended) {
        Report.tell(report, listener);
      }
      return;
    }
    if (earlyReports == null) {
      earlyReports = new ArrayList<>();
    }
    if (earlyReports.size() < MOST_EARLY_REPORTS) {
      earlyReports.add(report);
    }
  }

  /** A reply proves the acceptance, even if that was never answered. */
  boolean hasEarlyReply() {
    return early != null;
  }

  /** No result will come. */
  @Override
  protected void lose(TaskException cause) {
    if (!ended) {
      ended = true;
      transport.results().forget(this);
      listener.lost(cause);
    }
  }

  private void end(Outcome outcome) {
    ended = true;
    transport.results().forget(this);
    outcome.tell(listener);
  }

  /** What a reply says, unless it is larger than this caller takes. */
  static Outcome outcome(Envelope reply, int maxPayload) {
    if (reply.payload().length() <= maxPayload) {
      return Outcome.of(reply);
    }
    String text = "the result has more bytes than this caller's maxPayload of " + maxPayload;
    return Outcome.failed(new Failure(FailureCode.TOO_LARGE, "", text, null));
  }

  @Override
  public void abandon() {
    ended = true;
    early = null;
    earlyReports = null;
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
