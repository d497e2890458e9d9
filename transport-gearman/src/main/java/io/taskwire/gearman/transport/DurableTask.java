/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Feature;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskStatus;
import io.taskwire.TaskStatus.State;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.connection.Reply;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.KeptResults;
import io.taskwire.spi.Outcome;
import io.taskwire.spi.Schedule;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * A task whose result waits for its caller: a background job, and a reply that comes as another one, in this session or any
 * later. Or the wait for such a reply alone, where another process submitted the task.
 */
final class DurableTask extends KeptResults.Wait implements Reply, AcceptedTask {

  private final DurableResults results;
  private final String taskName;
  private final String id;
  private final SubmitListener listener;

  /** Where it was submitted; null if that was elsewhere. Its handle is worth nothing anywhere else. */
  private final @Nullable GearmanSession session;

  private long delayedUntil;
  private Schedule.@Nullable Entry deadline;
  private String handle = "";
  private boolean accepted;
  private boolean ended;

  /** A reply that overtook the acceptance: they come over different connections. */
  private @Nullable Outcome early;

  private DurableTask(
      DurableResults results,
      String taskName,
      String id,
      SubmitListener listener,
      @Nullable GearmanSession session) {
    this.results = results;
    this.taskName = taskName;
    this.id = id;
    this.listener = listener;
    this.session = session;
  }

  /** One that is about to be submitted. */
  static DurableTask submitted(
      DurableResults results,
      GearmanSession session,
      Submission submission,
      String id,
      SubmitListener listener) {
    DurableTask task = new DurableTask(results, submission.taskName(), id, listener, session);
    task.delayedUntil = DelayedStatus.until(submission.delay());
    if (submission.deadline() != null) {
      task.deadline = session.schedule().after(submission.deadline(), task::deadlinePassed);
    }
    return task;
  }

  /** One that was submitted before. */
  static DurableTask attached(
      DurableResults results, String taskName, String id, SubmitListener listener) {
    DurableTask task = new DurableTask(results, taskName, id, listener, null);
    task.accepted = true;
    return task;
  }

  @Override
  protected String taskName() {
    return taskName;
  }

  @Override
  protected boolean isAccepted() {
    return accepted;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean accepts(Response answer) {
    return answer instanceof JobCreated || answer instanceof ErrorResponse;
  }

  @Override
  public void answered(Response answer) {
    if (answer instanceof ErrorResponse error) {
      reject(Rejections.of(error, taskName));
    } else {
      handle = ((JobCreated) answer).handle();
      accept();
    }
  }

  private void accept() {
    accepted = true;
    listener.accepted(this);
    Outcome outcome = early;
    early = null;
    if (outcome != null && !ended) {
      finish(outcome);
    }
  }

  /** No answer to the submit will come. */
  @Override
  public void failed(Throwable cause, boolean sent) {
    if (early != null) { // its reply proves that it was accepted
      accept();
    } else if (session == null || !session.isClosing()) {
      reject(Rejections.unanswered(taskName, cause, sent));
    }
  }

  private void reject(TaskException cause) {
    end();
    results.forget(this);
    listener.rejected(cause);
  }

  /** The result has come; the registry of results has forgotten the task. */
  @Override
  protected void finish(Outcome outcome) {
    if (!accepted) {
      early = outcome;
      return;
    }
    end();
    outcome.tell(listener);
  }

  /** No result will come. */
  @Override
  protected void lose(TaskException cause) {
    end();
    listener.lost(cause);
  }

  private void end() {
    ended = true;
    if (deadline != null && session != null) {
      session.schedule().remove(deadline);
    }
  }

  @Override
  public void abandon() {
    end();
    early = null;
    results.forget(this);
  }

  @Override
  public Future<Boolean> cancel() {
    if (session == null || session.isClosed()) {
      return Future.failedFuture(new UnsupportedOptionException(
          Feature.CANCEL_QUEUED,
          "Gearman cancels a task only over the connection that submitted it",
          taskName));
    }
    if (ended || handle.isEmpty()) {
      return Future.succeededFuture(false);
    }
    return Cancellation.of(session.connection(), taskName, handle, session.acceptTimeout())
        .compose(fate -> switch (fate) {
          case CANCELLED -> Future.succeededFuture(true);
          case VANISHED -> isGone(session);
          case TAKEN, TOO_LATE -> Future.succeededFuture(false);
        });
  }

  /** Whether the server has neither the task nor its reply: one that ran left a reply before it went. */
  private Future<Boolean> isGone(GearmanSession asked) {
    return asked
        .statusOfUnique(taskName, id)
        .map(status -> status.state() == State.UNKNOWN && !ended);
  }

  private void deadlinePassed() {
    cancel().onSuccess(cancelled -> {
      if (cancelled && !ended) {
        end();
        results.forget(this);
        Outcome.failed(Expiry.FAILURE).tell(listener);
      }
    });
  }

  @Override
  public Future<TaskStatus> status() {
    if (session != null && !session.isClosed()) {
      return DelayedStatus.correct(session.status(taskName, handle), delayedUntil);
    }
    GearmanSession now = results.session();
    return now == null
        ? Future.failedFuture(new TaskConnectException(
            "there is no connection to ask for its status", taskName, id, null))
        : DelayedStatus.correct(now.statusOfUnique(taskName, id), delayedUntil);
  }
}
