/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** A background job that the transport itself submits: a reply, or a dead letter. */
final class OwnJob implements Reply {

  private final String function;
  private final Promise<Void> created = Promise.promise();

  private OwnJob(String function) {
    this.function = function;
  }

  /**
   * Submits a job.
   *
   * @return completes when the server has it; fails with a {@link GearmanException} if it refuses it, with anything else if
   *     the connection was lost before it said anything
   */
  static Future<Void> submit(
      GearmanConnection connection, String function, String unique, Buffer body) {
    OwnJob job = new OwnJob(function);
    connection.send(new SubmitJobBg(function, unique, body), job);
    return job.created.future();
  }

  /** Whether the server has refused a job; otherwise its connection was lost. */
  static boolean isRefusal(Throwable cause) {
    return cause instanceof GearmanException;
  }

  @Override
  public boolean accepts(Response answer) {
    return answer instanceof JobCreated || answer instanceof ErrorResponse;
  }

  @Override
  public void answered(Response answer) {
    if (answer instanceof ErrorResponse error) {
      created.fail(new GearmanException(
          "the server refuses a job of \"" + function + "\": " + error.code() + " " + error.text(),
          null));
    } else {
      created.complete();
    }
  }

  @Override
  public void failed(Throwable cause, boolean sent) {
    created.fail(cause);
  }
}
