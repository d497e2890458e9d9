/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.Feature;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.Progress;
import io.taskwire.QueueClosedException;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskCancelledException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskSerializationException;
import io.taskwire.TaskStatus;
import io.taskwire.TaskTimeoutException;
import io.taskwire.TaskType;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One submitted task from its caller's side, from the call to its end: all of it in one object.
 *
 * <pre>
 * NEW → SENT → ACCEPTED → DONE      each state may also go to DONE at once: rejected, out of time, closed
 * </pre>
 *
 * @param <O> the result
 */
final class PendingTask<O> extends TimedTask implements TaskHandle<O>, SubmitListener {

  private enum State {
    NEW,
    SENT,
    ACCEPTED,
    DONE
  }

  private final Loop loop;
  private final Submitter submitter;
  private final TaskType<?, O> type;
  private final PayloadCodec codec;
  private final SubmitOptions options;
  private final Promise<O> result;
  private final @Nullable Promise<TaskHandle<O>> acceptance;
  private final @Nullable Throwable callSite;

  /** Until it is accepted; then the payload is not needed any more. */
  private @Nullable Submission submission;

  private State state = State.NEW;
  private @Nullable AcceptedTask accepted;

  /** Once it is sent. */
  private @Nullable Line via;

  private @Nullable TaskEvents events;

  /** Written by the loop before the handle is given out, read by callers afterwards. */
  private @Nullable String id;

  PendingTask(
      Loop loop,
      Submitter submitter,
      TaskType<?, O> type,
      PayloadCodec codec,
      SubmitOptions options,
      Submission submission,
      Promise<O> result,
      @Nullable Promise<TaskHandle<O>> acceptance) {
    this.loop = loop;
    this.submitter = submitter;
    this.type = type;
    this.codec = codec;
    this.options = options;
    this.submission = submission;
    this.result = result;
    this.acceptance = acceptance;
    this.callSite =
        submitter.limits().callSites() ? new Throwable("the task was submitted here") : null;
  }

  /** A task that was submitted before, perhaps by another process. */
  PendingTask(
      Loop loop,
      Submitter submitter,
      TaskType<?, O> type,
      PayloadCodec codec,
      String id,
      Promise<O> result) {
    this.loop = loop;
    this.submitter = submitter;
    this.type = type;
    this.codec = codec;
    this.options = SubmitOptions.create();
    this.result = result;
    this.acceptance = null;
    this.callSite = null;
    this.id = id;
  }

  // The submitting side.

  @Override
  void runOnLoop() {
    if (isAttached()) {
      submitter.attached(this);
    } else {
      submitter.arrived(this);
    }
  }

  /** Whether it was submitted before. Only as long as it is new: then what is submitted now has something to send. */
  private boolean isAttached() {
    return submission == null;
  }

  @Override
  void loopEnded() {
    finish(
        isAttached()
            ? new QueueClosedException("the queue is closed", type.name(), id, false, null)
            : new QueueClosedException(
                "the queue's Vert.x is closed; nothing was sent", type.name(), null, true, null));
  }

  /** The transport looks out for the result of a task that was submitted before. */
  void attached(AcceptedTask task) {
    state = State.ACCEPTED;
    accepted = task;
    Duration limit = submitter.limits().resultTimeout(options);
    if (!limit.isZero()) {
      submitter.wheel().add(this, limit);
    }
  }

  boolean wantsResult() {
    return options.wantsResponse();
  }

  boolean isDone() {
    return state == State.DONE;
  }

  void requireFeatures() {
    submitter.gate().require(options, !codec.headers().isEmpty(), type.name());
  }

  /** The key that joins equal tasks, null for none. */
  @Nullable
  String unique() {
    return options.unique();
  }

  Submission beginSending(Line line) {
    Submission sending = submission;
    if (sending == null) {
      throw new IllegalStateException("a task is sent once");
    }
    state = State.SENT;
    via = line;
    return sending;
  }

  // The transport's side.

  @Override
  public void accepted(AcceptedTask task) {
    submission = null;
    id = task.id();
    if (state == State.DONE) { // out of time, or closed, before the broker's answer came
      task.abandon();
      submitter.answered(via);
      return;
    }
    state = State.ACCEPTED;
    accepted = task;
    if (!submitter.listeners().none()) {
      submitter.listeners().tell(l -> l.accepted(type.name(), task.id()));
    }
    if (!options.wantsResponse()) {
      end();
      Answers.succeed(result, null);
    } else {
      Duration limit = submitter.limits().resultTimeout(options);
      if (limit.isZero()) {
        submitter.wheel().remove(this);
      } else {
        submitter.wheel().add(this, limit);
      }
    }
    Answers.succeed(acceptance, this);
    submitter.answered(via);
  }

  @Override
  public void rejected(TaskException cause) {
    boolean wasSent = (submission != null && state == State.SENT) || state == State.DONE;
    submission = null;
    fail(cause);
    if (wasSent) {
      submitter.answered(via);
    }
  }

  @Override
  public void progress(long done, long total) {
    if (state == State.ACCEPTED) {
      events().progress(new Progress(done, total));
    }
  }

  @Override
  public void data(Buffer chunk) {
    if (state == State.ACCEPTED) {
      events().data(chunk);
    }
  }

  @Override
  public void completed(Buffer payload, Map<String, String> headers) {
    if (state == State.DONE) {
      return;
    }
    O value;
    try {
      @SuppressWarnings("unchecked") // the codec builds what the type asks for
      O decoded = (O) codec.decode(payload, headers, type.outputType());
      value = decoded;
    } catch (RuntimeException | StackOverflowError e) {
      fail(new TaskSerializationException(
          "the task is done, but its result cannot be decoded as "
              + type.outputType().getTypeName() + ": " + e.getMessage(),
          type.name(),
          id,
          e));
      return;
    }
    end();
    if (!submitter.listeners().none()) {
      String taskId = String.valueOf(id);
      submitter.listeners().tell(l -> l.completed(type.name(), taskId));
    }
    Answers.succeed(result, value);
  }

  @Override
  public void failed(Failure failure) {
    fail(new RemoteTaskException(
        failure.code(), failure.type(), failure.message(), failure.details(), type.name(), id));
  }

  @Override
  public void lost(TaskException cause) {
    fail(cause);
  }

  // The ends.

  @Override
  void expired() {
    switch (state) {
      case NEW -> {
        Throwable why = submitter.whyNotConnected();
        fail(new TaskConnectException(
            "not sent within acceptTimeout=" + seconds(submitter.limits().acceptTimeout())
                + (why == null
                    ? ", too many submits are not accepted yet"
                    : ": " + why.getMessage()),
            type.name(),
            null,
            why));
      }
      case SENT ->
        fail(new OutcomeUnknownException(
            "sent, and not acknowledged within acceptTimeout="
                + seconds(submitter.limits().acceptTimeout())
                + "; it may run: check its effect before submitting it again",
            type.name(),
            null,
            null));
      case ACCEPTED -> {
        Duration limit = submitter.limits().resultTimeout(options);
        release();
        fail(new TaskTimeoutException(
            "no result within " + seconds(limit)
                + "; the task may still run, its result will be dropped",
            type.name(),
            id,
            null));
      }
      case DONE -> {}
    }
  }

  /** The queue ends: gives up the result, with an error that says so. */
  void queueClosed() {
    boolean sent = state != State.NEW;
    release();
    fail(new QueueClosedException(
        sent
            ? "the queue was closed before the result came; the task may still run"
            : "the queue was closed before the task was sent",
        type.name(),
        id,
        !sent,
        null));
  }

  private void release() {
    if (accepted != null) {
      accepted.abandon();
    }
  }

  private void fail(TaskException cause) {
    if (state == State.DONE) {
      return;
    }
    end();
    if (!submitter.listeners().none()) {
      submitter.listeners().tell(l -> l.failed(type.name(), id, cause));
    }
    finish(cause);
  }

  private void finish(TaskException cause) {
    if (callSite != null) {
      cause.addSuppressed(callSite);
    }
    Answers.fail(result, cause);
    Answers.fail(acceptance, cause);
  }

  private void end() {
    state = State.DONE;
    submitter.wheel().remove(this);
    submitter.done(this);
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() / 1000.0 + " s";
  }

  // The caller's side.

  String format() {
    return codec.format();
  }

  @Override
  public String taskName() {
    return type.name();
  }

  @Override
  public String id() {
    return String.valueOf(id);
  }

  @Override
  public Future<O> result() {
    return result.future();
  }

  @Override
  public Future<O> result(Duration limit) {
    ResultWait<O> wait = new ResultWait<>(this, limit, loop.promise());
    loop.execute(wait);
    return wait.future();
  }

  TimerWheel wheel() {
    return submitter.wheel();
  }

  Loop loop() {
    return loop;
  }

  @Override
  public TaskHandle<O> onProgress(Consumer<Progress> listener) {
    submitter.gate().requireReports(Feature.PROGRESS, type.name());
    loop.run(() -> events().onProgress(listener));
    return this;
  }

  @Override
  public TaskHandle<O> onData(Consumer<Buffer> listener) {
    submitter.gate().requireReports(Feature.PARTIAL_DATA, type.name());
    loop.run(() -> events().onData(listener));
    return this;
  }

  private TaskEvents events() {
    if (events == null) {
      events = new TaskEvents();
    }
    return events;
  }

  @Override
  public Future<Boolean> cancel() {
    Promise<Boolean> answer = loop.promise();
    try {
      if (!submitter.gate().has(Feature.CANCEL_RUNNING)) {
        submitter.gate().require(Feature.CANCEL_QUEUED, type.name());
      }
    } catch (TaskException e) {
      return Future.failedFuture(e);
    }
    loop.run(answer, () -> {
      if (accepted == null || (state != State.ACCEPTED && options.wantsResponse())) {
        Answers.succeed(answer, false);
        return;
      }
      Future<Boolean> asked = accepted.cancel().map(cancelled -> {
        if (cancelled) {
          release();
          fail(new TaskCancelledException("cancelled by its caller", type.name(), id, null));
        }
        return cancelled;
      });
      submitter.questions().ask(asked, answer, () -> unanswered("cancel"));
    });
    return answer.future();
  }

  @Override
  public Future<TaskStatus> status() {
    Promise<TaskStatus> answer = loop.promise();
    try {
      submitter.gate().require(Feature.STATUS, type.name());
    } catch (TaskException e) {
      return Future.failedFuture(e);
    }
    loop.run(answer, () -> {
      if (accepted == null) {
        Answers.succeed(answer, new TaskStatus(TaskStatus.State.UNKNOWN, null));
      } else {
        submitter.questions().ask(accepted.status(), answer, () -> unanswered("status"));
      }
    });
    return answer.future();
  }

  private TaskTimeoutException unanswered(String question) {
    return new TaskTimeoutException(
        "the broker did not answer \"" + question + "\" within acceptTimeout",
        type.name(),
        id,
        null);
  }

  @Override
  public void abandon() {
    loop.run(() -> {
      if (state == State.ACCEPTED) {
        release();
        fail(new TaskCancelledException(
            "abandoned by its caller; it may still run", type.name(), id, null));
      }
    });
  }

  @Override
  public String toString() {
    return "Task " + type.name() + " (" + id + ", " + state + ")";
  }
}
