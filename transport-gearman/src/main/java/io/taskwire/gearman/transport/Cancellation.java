/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Feature;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskStatus;
import io.taskwire.TaskStatus.State;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.codec.TextAnswer;
import io.taskwire.gearman.codec.TextCommand;
import io.taskwire.gearman.codec.TextError;
import io.taskwire.gearman.connection.GearmanConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * Takes a queued job from the server with the text command {@code cancel job}. The server says OK to it for a running job
 * too, and tells a foreground client at once that it failed; so the job's status is asked before, and again behind it.
 */
final class Cancellation {

  /** What has become of the job. */
  enum Fate {
    /** It was queued, and the server will drop it when a worker asks for jobs of its function. */
    CANCELLED,
    /** It runs or is done; nothing was changed. */
    TOO_LATE,
    /** A worker got it between the first question and the command, and runs it. */
    TAKEN,
    /** Behind the command the server does not know it any more: it was dropped, or ran to its end in between. */
    VANISHED
  }

  private static final String UNKNOWN_JOB = "UNKNOWN_JOB";

  private final GearmanConnection connection;
  private final String taskName;
  private final String handle;
  private final Duration limit;

  private Cancellation(
      GearmanConnection connection, String taskName, String handle, Duration limit) {
    this.connection = connection;
    this.taskName = taskName;
    this.handle = handle;
    this.limit = limit;
  }

  /**
   * Tries to take a job back.
   *
   * @param limit how long the server's answer to the command is waited for
   * @return what has become of it; fails with a {@link TaskException}
   */
  static Future<Fate> of(
      GearmanConnection connection, String taskName, String handle, Duration limit) {
    Cancellation cancellation = new Cancellation(connection, taskName, handle, limit);
    return cancellation
        .status()
        .compose(status -> status.state() == State.QUEUED
            ? cancellation.command()
            : Future.succeededFuture(Fate.TOO_LATE));
  }

  private Future<TaskStatus> status() {
    Promise<TaskStatus> answer = Promise.promise();
    StatusReply.ask(connection, taskName, handle, answer);
    return answer.future();
  }

  private Future<Fate> command() {
    Future<TextAnswer> said = connection.ask(new TextCommand("cancel job " + handle), limit);
    // Asked at once, so that as little as possible happens in between.
    Future<TaskStatus> after = status();
    return said.compose(
        answer -> {
          TextError error = answer.error();
          if (error == null) {
            return after.map(Cancellation::fate);
          }
          return error.code().equals(UNKNOWN_JOB)
              ? Future.succeededFuture(Fate.TOO_LATE)
              : Future.failedFuture(refused(error.code() + " " + error.text()));
        },
        cause -> Future.failedFuture(
            cause instanceof GearmanException
                ? refused(String.valueOf(cause.getMessage()))
                : new TaskConnectException(
                    "the connection was lost before the broker had cancelled it",
                    taskName,
                    handle,
                    cause)));
  }

  private static Fate fate(TaskStatus after) {
    return switch (after.state()) {
      case RUNNING -> Fate.TAKEN;
      case UNKNOWN -> Fate.VANISHED;
      default -> Fate.CANCELLED;
    };
  }

  private TaskException refused(String why) {
    return new UnsupportedOptionException(
        Feature.CANCEL_QUEUED, "the broker did not cancel it: " + why, taskName);
  }
}
