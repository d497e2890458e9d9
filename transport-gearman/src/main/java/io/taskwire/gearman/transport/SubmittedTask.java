/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.FailureCode;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskStatus;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.connection.JobListener;
import io.taskwire.gearman.connection.Reply;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** One task from its submit to its end: what waits for the server's answer, and then for the job. */
final class SubmittedTask implements Reply, JobListener, AcceptedTask {

  private final GearmanSession session;
  private final String taskName;
  private final boolean wantsResult;
  private final SubmitListener listener;
  private String handle = "";

  SubmittedTask(
      GearmanSession session, String taskName, boolean wantsResult, SubmitListener listener) {
    this.session = session;
    this.taskName = taskName;
    this.wantsResult = wantsResult;
    this.listener = listener;
  }

  @Override
  public boolean accepts(Response answer) {
    return answer instanceof JobCreated || answer instanceof ErrorResponse;
  }

  @Override
  public void answered(Response answer) {
    if (answer instanceof ErrorResponse error) {
      listener.rejected(rejection(error));
      return;
    }
    handle = ((JobCreated) answer).handle();
    if (wantsResult) {
      session.connection().listen(handle, this);
    }
    listener.accepted(this);
  }

  private TaskRejectedException rejection(ErrorResponse error) {
    return error.code().equals("QUEUE_ERROR")
        ? new TaskRejectedException(
            Reason.BROKER_FULL,
            "the broker holds as many tasks of this name as it may (maxqueue): submit it again later",
            taskName,
            null)
        : new TaskRejectedException(
            Reason.REFUSED,
            "the broker refuses it: " + error.code() + " " + error.text(),
            taskName,
            null);
  }

  /** No answer to the submit will come. */
  @Override
  public void failed(Throwable cause, boolean sent) {
    if (session.isClosing()) {
      return;
    }
    listener.rejected(
        sent
            ? new OutcomeUnknownException(
                "the connection was lost before the broker acknowledged it; it may run, check before submitting it again",
                taskName,
                null,
                cause)
            : new TaskConnectException(
                "the connection was lost before it was sent", taskName, null, cause));
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
    Envelope envelope = Envelope.open(session.envelope(), data);
    if (envelope.payload().length() > session.maxPayload()) {
      tooLarge(envelope.payload().length());
      return;
    }
    listener.completed(envelope.payload(), envelope.headers());
  }

  @Override
  public void threw(Buffer data) {
    Envelope envelope = Envelope.open(session.envelope(), data);
    Failure failure = envelope.present() ? Failure.ofHeaders(envelope.headers()) : null;
    listener.failed(failure == null ? Failure.ofText(envelope.payload()) : failure);
  }

  @Override
  public void failed() {
    listener.failed(
        new Failure(FailureCode.HANDLER, "", "the worker said that it failed, and no more", null));
  }

  @Override
  public void tooLarge(long length) {
    listener.failed(session.tooLarge("the worker's answer", length));
  }

  @Override
  public void lost(Throwable cause) {
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
    if (wantsResult) {
      session.connection().forget(handle, this);
    }
  }

  @Override
  public Future<Boolean> cancel() {
    return Future.succeededFuture(false);
  }

  @Override
  public Future<TaskStatus> status() {
    return session.status(taskName, handle);
  }
}
