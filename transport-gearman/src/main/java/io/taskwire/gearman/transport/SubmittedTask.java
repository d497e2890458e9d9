/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.FailureCode;
import io.taskwire.Feature;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskStatus;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.connection.JobListener;
import io.taskwire.gearman.connection.Reply;
import io.taskwire.gearman.transport.Cancellation.Fate;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Schedule;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** One task from its submit to its end: what waits for the server's answer, and then for the job. */
final class SubmittedTask implements Reply, JobListener, AcceptedTask {

  private final GearmanSession session;
  private final String taskName;
  private final boolean wantsResult;
  private final boolean joinable;
  private final SubmitListener listener;
  private final long delayedUntil;
  private final Schedule.@Nullable Entry deadline;
  private String handle = "";
  private @Nullable Future<Boolean> cancelling;

  /** WORK_FAIL came while it was being cancelled: the server says so of a job that a worker may have, too. */
  private boolean failureHeldBack;

  private boolean ended;

  SubmittedTask(GearmanSession session, Submission submission, SubmitListener listener) {
    this.session = session;
    this.taskName = submission.taskName();
    this.wantsResult = submission.wantsResult();
    this.joinable = submission.unique() != null;
    this.listener = listener;
    this.delayedUntil = DelayedStatus.until(submission.delay());
    this.deadline = submission.deadline() == null
        ? null
        : session.schedule().after(submission.deadline(), this::deadlinePassed);
  }

  @Override
  public boolean accepts(Response answer) {
    return answer instanceof JobCreated || answer instanceof ErrorResponse;
  }

  @Override
  public void answered(Response answer) {
    if (answer instanceof ErrorResponse error) {
      end();
      listener.rejected(Rejections.of(error, taskName));
      return;
    }
    handle = ((JobCreated) answer).handle();
    if (wantsResult) {
      session.connection().listen(handle, this);
    }
    listener.accepted(this);
  }

  /** No answer to the submit will come. */
  @Override
  public void failed(Throwable cause, boolean sent) {
    end();
    if (!session.isClosing()) {
      listener.rejected(Rejections.unanswered(taskName, cause, sent));
    }
  }

  private void end() {
    ended = true;
    if (deadline != null) {
      session.schedule().remove(deadline);
    }
  }

  @Override
  public void status(long numerator, long denominator) {
    listener.progress(numerator, denominator);
  }

  @Override
  public void data(Buffer data) {
    listener.data(data);
  }

  @Override
  public void completed(Buffer data) {
    end();
    Envelope envelope = Envelope.open(session.envelope(), data);
    if (envelope.payload().length() > session.maxPayload()) {
      listener.failed(session.tooLarge("the worker's answer", envelope.payload().length()));
    } else {
      listener.completed(envelope.payload(), envelope.headers());
    }
  }

  @Override
  public void threw(Buffer data) {
    end();
    Envelope envelope = Envelope.open(session.envelope(), data);
    Failure failure = envelope.present() ? Failure.ofHeaders(envelope.headers()) : null;
    listener.failed(failure == null ? Failure.ofText(envelope.payload()) : failure);
  }

  @Override
  public void failed() {
    if (cancelling != null && !cancelling.isComplete() && !failureHeldBack) {
      failureHeldBack = true;
      session.connection().listen(handle, this); // a worker that has it all the same will end it
      return;
    }
    failWithoutReason();
  }

  private void failWithoutReason() {
    end();
    listener.failed(
        new Failure(FailureCode.HANDLER, "", "the worker said that it failed, and no more", null));
  }

  @Override
  public void tooLarge(long length) {
    end();
    listener.failed(session.tooLarge("the worker's answer", length));
  }

  @Override
  public void lost(Throwable cause) {
    end();
    if (!session.isClosing()) {
      listener.lost(new OutcomeUnknownException(
          "the connection was lost while the broker held it; a worker may have run it, or may still, but the result"
              + " cannot come any more",
          taskName,
          handle,
          cause));
    }
  }

  @Override
  public String id() {
    return handle;
  }

  @Override
  public void abandon() {
    end();
    forget();
  }

  private void forget() {
    if (wantsResult) {
      session.connection().forget(handle, this);
    }
  }

  @Override
  public Future<Boolean> cancel() {
    if (joinable) {
      return Future.failedFuture(new UnsupportedOptionException(
          Feature.CANCEL_QUEUED,
          "a Gearman server joins later tasks with the same unique key to a cancelled one, and never runs them: a task"
              + " with a unique key cannot be cancelled",
          taskName));
    }
    if (ended && wantsResult) {
      return Future.succeededFuture(false);
    }
    if (cancelling == null || cancelling.isComplete()) {
      cancelling = Cancellation.of(session.connection(), taskName, handle, session.acceptTimeout())
          .map(this::cancelled)
          .onFailure(refused -> deliverHeldBack());
    }
    return cancelling;
  }

  private boolean cancelled(Fate fate) {
    return switch (fate) {
      case CANCELLED -> true;
      // The end of a job that ran is told to its client before the server forgets it.
      case VANISHED -> wantsResult && !ended;
      case TAKEN -> false;
      case TOO_LATE -> {
        deliverHeldBack();
        yield false;
      }
    };
  }

  /** The failure that was held back was the worker's own. */
  private void deliverHeldBack() {
    if (failureHeldBack && !ended) {
      forget();
      failWithoutReason();
    }
  }

  private void deadlinePassed() {
    if (ended || handle.isEmpty() || session.isClosing()) {
      return;
    }
    cancel().onSuccess(cancelled -> {
      if (cancelled && !ended) {
        end();
        forget();
        if (wantsResult) {
          listener.failed(Expiry.FAILURE);
        }
      }
    });
  }

  @Override
  public Future<TaskStatus> status() {
    return DelayedStatus.correct(session.status(taskName, handle), delayedUntil);
  }
}
