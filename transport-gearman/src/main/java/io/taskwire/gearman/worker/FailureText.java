/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.FailureCode;
import io.taskwire.TaskFailure;
import io.taskwire.gearman.JobFailureForm;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.spi.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the failure of a job travels. */
final class FailureText {

  private static final Logger LOG = LoggerFactory.getLogger(FailureText.class);

  private FailureText() {}

  static Failure of(Throwable cause) {
    if (cause instanceof TaskFailure chosen) {
      return new Failure(
          FailureCode.HANDLER, chosen.type(), chosen.remoteMessage(), chosen.details());
    }
    String message = cause.getMessage();
    return new Failure(
        FailureCode.HANDLER, cause.getClass().getName(), message == null ? "" : message, null);
  }

  /** The packet that reports it, in the form asked for. */
  static Request packet(Job job, JobFailureForm form, Failure failure) {
    LOG.warn("{} failed: {}", job, failure.toText());
    return form == JobFailureForm.FAIL ? new WorkFail(job.handle()) : exception(job, failure);
  }

  static Request exception(Job job, Failure failure) {
    return new WorkException(job.handle(), failure.toText());
  }
}
