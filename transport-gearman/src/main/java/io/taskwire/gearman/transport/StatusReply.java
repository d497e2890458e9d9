/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Progress;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskStatus;
import io.taskwire.TaskStatus.State;
import io.taskwire.gearman.codec.GetStatus;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.StatusRes;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.Reply;
import io.vertx.core.Promise;

/** Waits for the status of a job. */
final class StatusReply implements Reply {

  private final String taskName;
  private final String handle;
  private final Promise<TaskStatus> status;

  private StatusReply(String taskName, String handle, Promise<TaskStatus> status) {
    this.taskName = taskName;
    this.handle = handle;
    this.status = status;
  }

  static void ask(
      GearmanConnection connection, String taskName, String handle, Promise<TaskStatus> status) {
    connection.send(new GetStatus(handle), new StatusReply(taskName, handle, status));
  }

  @Override
  public boolean accepts(Response answer) {
    return answer instanceof StatusRes;
  }

  @Override
  public void answered(Response answer) {
    StatusRes said = (StatusRes) answer;
    status.complete(status(said.known(), said.running(), said.numerator(), said.denominator()));
  }

  static TaskStatus status(boolean known, boolean running, long done, long total) {
    State state = !known ? State.UNKNOWN : running ? State.RUNNING : State.QUEUED;
    boolean reported = done != 0 || total != 0;
    return new TaskStatus(state, reported ? new Progress(done, total) : null);
  }

  @Override
  public void failed(Throwable cause, boolean sent) {
    status.fail(new TaskConnectException(
        "the connection was lost before the broker told its status", taskName, handle, cause));
  }
}
