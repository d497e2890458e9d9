/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Feature;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskStatus;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.gearman.codec.GetStatusUnique;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.StatusRes;
import io.taskwire.gearman.codec.StatusResUnique;
import io.taskwire.gearman.connection.Barrier;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Waits for the status of whatever job has a unique id: a task, or behind it its reply. Not every server knows the question;
 * so another one follows, whose answer shows that none will come to this.
 */
final class UniqueStatusReply implements Reply {

  private final String taskName;
  private final String unique;
  private final Promise<TaskStatus> status = Promise.promise();

  private UniqueStatusReply(String taskName, String unique) {
    this.taskName = taskName;
    this.unique = unique;
  }

  static Future<TaskStatus> ask(GearmanConnection connection, String taskName, String unique) {
    UniqueStatusReply reply = new UniqueStatusReply(taskName, unique);
    connection.send(new GetStatusUnique(unique), reply);
    connection.send(Barrier.NO_JOB, reply.new End());
    return reply.status.future();
  }

  @Override
  public boolean accepts(Response answer) {
    return answer instanceof StatusResUnique;
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public void answered(Response answer) {
    StatusResUnique said = (StatusResUnique) answer;
    status.complete(
        StatusReply.status(said.known(), said.running(), said.numerator(), said.denominator()));
  }

  @Override
  public void failed(Throwable cause, boolean sent) {
    status.tryFail(new TaskConnectException(
        "the connection was lost before the broker told its status", taskName, unique, cause));
  }

  private final class End implements Reply {

    @Override
    public boolean accepts(Response answer) {
      return answer instanceof StatusRes;
    }

    @Override
    public void answered(Response answer) {
      status.tryFail(new UnsupportedOptionException(
          Feature.STATUS, "the broker does not tell the status of a task by its id", taskName));
    }

    @Override
    public void failed(Throwable cause, boolean sent) {
      UniqueStatusReply.this.failed(cause, sent);
    }
  }
}
