/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.JobAssignAll;
import io.taskwire.gearman.codec.JobAssignUniq;
import io.taskwire.gearman.codec.NoJob;
import io.taskwire.gearman.codec.PacketType;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkStatus;
import io.taskwire.gearman.codec.WorkWarning;
import io.vertx.core.buffer.Buffer;

/** What a connection says as a worker. */
final class Work {

  // The texts are gearmand's, which differ.
  private static final ErrorResponse NOT_FOUND =
      new ErrorResponse("JOB_NOT_FOUND", "Job given in work result not found");
  private static final ErrorResponse DATA_NOT_FOUND =
      new ErrorResponse("JOB_NOT_FOUND", "Job does not exist on server");
  private static final ErrorResponse EXCEPTION_NOT_FOUND =
      new ErrorResponse("JOB_NOT_FOUND", "An exception was received for a job that does not exist");

  private final Peer worker;
  private final JobBoard board;
  private final Tally tally;

  Work(Peer worker, JobBoard board, Tally tally) {
    this.worker = worker;
    this.board = board;
    this.tally = tally;
  }

  /** Answers a grab in the form that was asked for; a job without a reducer never comes as JOB_ASSIGN_ALL. */
  void grab(PacketType grab) {
    ServerJob job = board.grab(worker);
    if (job == null) {
      worker.socket.send(new NoJob());
    } else if (grab == PacketType.GRAB_JOB) {
      worker.socket.send(new JobAssign(job.handle, job.function.name, job.payload));
    } else if (grab == PacketType.GRAB_JOB_ALL && job.reducer != null) {
      worker.socket.send(
          new JobAssignAll(job.handle, job.function.name, job.unique, job.reducer, job.payload));
    } else {
      worker.socket.send(new JobAssignUniq(job.handle, job.function.name, job.unique, job.payload));
    }
  }

  void complete(WorkComplete result) {
    ServerJob job = board.held(worker, result.handle());
    if (job == null) {
      worker.socket.send(NOT_FOUND);
      return;
    }
    tally.completed += countOf(job);
    board.tell(job, result);
    board.remove(job);
  }

  void fail(WorkFail failure) {
    ServerJob job = board.held(worker, failure.handle());
    if (job == null) {
      worker.socket.send(NOT_FOUND);
      return;
    }
    tally.failed += countOf(job);
    board.tell(job, failure);
    board.remove(job);
  }

  void exception(WorkException exception) {
    ServerJob job = board.held(worker, exception.handle());
    if (job == null) {
      worker.socket.send(EXCEPTION_NOT_FOUND);
      return;
    }
    tally.failed += countOf(job);
    board.tell(job, exception, new WorkFail(job.handle));
    board.remove(job);
  }

  /** A job that was cancelled while it ran has been counted. */
  private static int countOf(ServerJob job) {
    return job.cancelled ? 0 : 1;
  }

  /** What ends the job is over the limit: so that nobody waits for ever, the job fails. */
  void tooLarge(String handle, String what) {
    exception(new WorkException(handle, Buffer.buffer(what)));
  }

  void data(WorkData data) {
    ServerJob job = board.held(worker, data.handle());
    if (job == null) {
      worker.socket.send(DATA_NOT_FOUND);
    } else {
      board.tell(job, data);
    }
  }

  void warning(WorkWarning warning) {
    ServerJob job = board.held(worker, warning.handle());
    if (job == null) {
      worker.socket.send(DATA_NOT_FOUND);
    } else {
      board.tell(job, warning);
    }
  }

  void status(WorkStatus status) {
    ServerJob job = board.held(worker, status.handle());
    if (job == null) {
      worker.socket.send(NOT_FOUND);
      return;
    }
    job.numerator = status.numerator();
    job.denominator = status.denominator();
    board.tell(job, status);
  }
}
