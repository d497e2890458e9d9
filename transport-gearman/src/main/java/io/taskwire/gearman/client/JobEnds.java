/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.JobFailedException;
import io.taskwire.gearman.JobLostException;
import io.taskwire.gearman.JobRefusedException;
import io.taskwire.gearman.JobRefusedException.Reason;
import io.taskwire.gearman.JobThrewException;
import io.taskwire.gearman.codec.ErrorResponse;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The words for the ends of jobs that have no result. */
final class JobEnds {

  private static final int LONGEST_QUOTE = 200;

  private JobEnds() {}

  static GearmanException failed(ClientJob job) {
    return new JobFailedException(
        job.name() + " failed; the worker said no more (some do not send exceptions)",
        job.handle());
  }

  static GearmanException threw(ClientJob job, Buffer said) {
    String quote = said.getString(0, Math.min(said.length(), LONGEST_QUOTE));
    return new JobThrewException(job.name() + " failed: " + quote, job.handle(), said);
  }

  static GearmanException resultTooLarge(ClientJob job, long length) {
    return new GearmanException(
        "the answer to " + job.name() + " has " + length
            + " bytes and was skipped: raise maxPayload on this client",
        null);
  }

  static GearmanException refused(ClientJob job, ErrorResponse error) {
    boolean full = error.code().equals("QUEUE_ERROR");
    return new JobRefusedException(
        full ? Reason.SERVER_FULL : Reason.REFUSED,
        job.server() + " refuses " + job.name() + ": " + error.code() + " " + error.text()
            + (full ? "; it holds as many as it may (maxqueue), submit it again later" : ""),
        null);
  }

  static GearmanException lost(ClientJob job, Throwable why) {
    return unknown(
        job, "the connection to " + job.server() + " was lost while it had " + job.name(), why);
  }

  static GearmanException notAcknowledged(ClientJob job, Duration limit) {
    return unknown(
        job,
        job.server() + " has not acknowledged " + job.name() + " within " + limit.toMillis()
            + " ms",
        null);
  }

  private static GearmanException unknown(ClientJob job, String what, @Nullable Throwable why) {
    return new JobLostException(
        what + "; it may run, may have run or may never run: submitting it again may run it twice",
        job.handle(),
        why);
  }

  static GearmanException expired(ClientJob job, Duration limit) {
    return new GearmanTimeoutException(
        job.name() + " has not ended within " + limit.toMillis() + " ms on " + job.server()
            + "; it may still run",
        null);
  }

  static GearmanException abandoned(ClientJob job) {
    return new GearmanException(
        job.name() + " was abandoned by its caller; it may still run", null);
  }

  static GearmanException closed(ClientJob job, Throwable why) {
    return new GearmanClosedException(
        "the client was closed before " + job.name() + " ended; it may still run", why);
  }
}
