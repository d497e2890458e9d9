/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.gearman.codec.ErrorResponse;

/** Why a server has not taken a task. */
final class Rejections {

  private Rejections() {}

  /** The server says no. */
  static TaskException of(ErrorResponse error, String taskName) {
    return error.code().equals("QUEUE_ERROR")
        ? new TaskRejectedException(
            Reason.BROKER_FULL,
            "the broker holds as many tasks of this name as it may (maxqueue): submit it again later",
            taskName,
            null)
        : new TaskRejectedException(
            Reason.REFUSED,
            "the broker refuses it: " + error.code() + " " + error.text(),
            taskName,
            null);
  }

  /** The server says nothing any more. */
  static TaskException unanswered(String taskName, Throwable cause, boolean sent) {
    return sent
        ? new OutcomeUnknownException(
            "the connection was lost before the broker acknowledged it; it may run, check before submitting it again",
            taskName,
            null,
            cause)
        : new TaskConnectException(
            "the connection was lost before it was sent", taskName, null, cause);
  }
}
