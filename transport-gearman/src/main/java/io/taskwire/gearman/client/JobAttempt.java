/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.Progress;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.JobListener;
import io.taskwire.gearman.connection.Reply;
import io.vertx.core.buffer.Buffer;

/** One time that a job was sent. Once the job has turned away from it, because it waited too long, nothing of it counts. */
final class JobAttempt implements Reply, JobListener {

  private final ClientJob job;
  private final GearmanConnection connection;
  private final Submissions submissions;
  private String handle = "";

  JobAttempt(ClientJob job, GearmanConnection connection, Submissions submissions) {
    this.job = job;
    this.connection = connection;
    this.submissions = submissions;
  }

  private boolean counts() {
    return job.attempt() == this;
  }

  /** Hears no more of the job. */
  void forget() {
    if (!handle.isEmpty()) {
      connection.forget(handle, this);
    }
  }

  String handle() {
    return handle;
  }

  @Override
  public boolean accepts(Response answer) {
    return answer instanceof JobCreated || answer instanceof ErrorResponse;
  }

  @Override
  public void answered(Response answer) {
    submissions.answered();
    if (!counts()) {
      return;
    }
    if (answer instanceof ErrorResponse error) {
      job.refused(error);
      return;
    }
    handle = ((JobCreated) answer).handle();
    if (!job.request().isBackground()) {
      connection.listen(handle, this);
    }
    job.created();
  }

  @Override
  public void failed(Throwable cause, boolean sent) {
    submissions.answered();
    if (counts()) {
      if (sent) {
        job.connectionLost(cause);
      } else {
        job.unsent();
      }
    }
  }

  @Override
  public void status(long numerator, long denominator) {
    if (counts()) {
      job.reported(new Progress(numerator, denominator));
    }
  }

  @Override
  public void data(Buffer data) {
    if (counts()) {
      job.running();
      job.dataStream().add(data, connection);
    }
  }

  @Override
  public void warning(Buffer data) {
    if (counts()) {
      job.running();
      job.warningStream().add(data, connection);
    }
  }

  @Override
  public void dataTooLarge(long length) {
    if (counts()) {
      job.dataStream().fail("a chunk of " + length + " bytes is over maxPayload");
    }
  }

  @Override
  public void warningTooLarge(long length) {
    if (counts()) {
      job.warningStream().fail("one of " + length + " bytes is over maxPayload");
    }
  }

  @Override
  public void completed(Buffer data) {
    if (counts()) {
      job.completed(data);
    }
  }

  @Override
  public void threw(Buffer data) {
    if (counts()) {
      job.threw(data);
    }
  }

  @Override
  public void failed() {
    if (counts()) {
      job.failed();
    }
  }

  @Override
  public void tooLarge(long length) {
    if (counts()) {
      job.resultTooLarge(length);
    }
  }

  @Override
  public void lost(Throwable cause) {
    if (counts()) {
      job.connectionLost(cause);
    }
  }
}
