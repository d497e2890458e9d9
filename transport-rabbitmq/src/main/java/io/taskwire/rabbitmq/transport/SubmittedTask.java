/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import com.rabbitmq.client.Delivery;
import io.taskwire.FailureCode;
import io.taskwire.Feature;
import io.taskwire.TaskException;
import io.taskwire.TaskStatus;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.rabbitmq.codec.TaskReply;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Failure;
import io.taskwire.spi.KeptResults;
import io.taskwire.spi.Outcome;
import io.taskwire.spi.Schedule;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** One submitted task: first on its way, then at the broker, then, where a result is wanted, awaited; or awaited alone. */
final class SubmittedTask extends KeptResults.Wait implements AcceptedTask {

  private final RabbitmqTransport transport;
  private final String taskName;
  private final String format;
  private final String id;
  private final SubmitListener listener;

  private boolean accepted;
  private boolean ended;

  /** Ends the wait for a task that nobody has begun; null where there is no such limit, or no more. */
  private Schedule.@Nullable Entry deadline;

  SubmittedTask(
      RabbitmqTransport transport,
      String taskName,
      String format,
      String id,
      SubmitListener listener) {
    this.transport = transport;
    this.taskName = taskName;
    this.format = format;
    this.id = id;
    this.listener = listener;
  }

  /** One that this process, or one before it, has submitted. */
  static SubmittedTask attached(
      RabbitmqTransport transport,
      String taskName,
      String format,
      String id,
      SubmitListener listener) {
    SubmittedTask task = new SubmittedTask(transport, taskName, format, id, listener);
    task.accepted = true;
    return task;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  protected String taskName() {
    return taskName;
  }

  @Override
  protected boolean isAccepted() {
    return accepted;
  }

  boolean isEnded() {
    return ended;
  }

  /** The broker has it, as its confirm or whatever came from a worker says; once. */
  void accept() {
    if (!accepted && !ended) {
      accepted = true;
      listener.accepted(this);
    }
  }

  void reject(TaskException cause) {
    if (!accepted && !ended) {
      end();
      listener.rejected(cause);
    }
  }

  /** Gives up when nobody has begun it by then. */
  void limit(Schedule.Entry entry) {
    deadline = entry;
  }

  /** Nobody has begun it by its deadline, as far as was told. */
  void deadlinePassed() {
    deadline = null;
    if (!ended) {
      accept();
      end();
      listener.failed(Failure.deadlinePassed());
    }
  }

  /** A worker tells something ahead of the result. */
  void report(TaskReply report) {
    accept();
    if (ended) {
      return;
    }
    begun();
    if (report instanceof TaskReply.Progress progress) {
      listener.progress(progress.done(), progress.total());
    } else if (report instanceof TaskReply.Data data) {
      listener.data(data.chunk());
    }
  }

  private void begun() {
    if (deadline != null) {
      transport.schedule().remove(deadline);
      deadline = null;
    }
  }

  /** Reads its reply. */
  Outcome read(Delivery reply) {
    int maxPayload = transport.context().maxPayload();
    if (TaskReply.decode(reply, format) instanceof TaskReply.End end) {
      return end.outcome().payload().length() <= maxPayload
          ? end.outcome()
          : Outcome.failed(new Failure(
              FailureCode.TOO_LARGE,
              "",
              "the result has more bytes than this caller's maxPayload of " + maxPayload,
              null));
    }
    throw new IllegalArgumentException("a report is no reply");
  }

  /** The result has come, which proves that the broker had the task, even if it has not said so yet. */
  @Override
  protected void finish(Outcome outcome) {
    accept();
    if (!ended) {
      end();
      outcome.tell(listener);
    }
  }

  @Override
  protected void lose(TaskException cause) {
    if (!ended) {
      end();
      listener.lost(cause);
    }
  }

  private void end() {
    ended = true;
    begun();
    transport.results().forget(this);
  }

  @Override
  public void abandon() {
    end();
  }

  @Override
  public Future<Boolean> cancel() {
    return Future.failedFuture(new UnsupportedOptionException(
        Feature.CANCEL_QUEUED, "RabbitMQ cannot take back a single message", taskName));
  }

  @Override
  public Future<TaskStatus> status() {
    return Future.failedFuture(new UnsupportedOptionException(
        Feature.STATUS, "RabbitMQ cannot be asked about a single message", taskName));
  }
}
