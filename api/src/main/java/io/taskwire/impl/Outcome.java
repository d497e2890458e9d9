/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.FailureCode;
import io.taskwire.SerializationException;
import io.taskwire.TaskFailure;
import io.taskwire.TaskReject;
import io.taskwire.TaskRetry;
import io.taskwire.spi.Failure;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/** How a handler's run ended, before the broker is told. */
sealed interface Outcome {

  /**
   * It has a result.
   *
   * @param result the serialized result
   */
  record Done(Buffer result) implements Outcome {}

  /**
   * It failed; the caller is told if it waits.
   *
   * @param failure what to tell
   * @param cause what was thrown, for the log
   */
  record Failed(Failure failure, Throwable cause) implements Outcome {}

  /**
   * It wants the task again later.
   *
   * @param delay how long it waits before that
   * @param cause what was thrown, for the log
   */
  record Again(Duration delay, Throwable cause) implements Outcome {}

  /**
   * It refuses the task for good.
   *
   * @param failure what to tell
   * @param cause what was thrown, for the log
   */
  record Refused(Failure failure, Throwable cause) implements Outcome {}

  /** What a throw of the handler means. */
  static Outcome thrown(Throwable cause) {
    if (cause instanceof TaskRetry retry) {
      return new Again(retry.delay(), retry);
    }
    if (cause instanceof TaskReject reject) {
      return new Refused(
          new Failure(FailureCode.REJECTED, TaskReject.class.getName(), reject.reason(), null),
          reject);
    }
    if (cause instanceof TaskFailure failure) {
      return new Failed(
          new Failure(
              FailureCode.HANDLER, failure.type(), failure.remoteMessage(), failure.details()),
          failure);
    }
    return new Failed(failure(FailureCode.HANDLER, cause), cause);
  }

  /** The payload cannot be decoded: another attempt would not help. */
  static Outcome undecodable(Throwable cause) {
    return new Refused(failure(FailureCode.DECODE, cause), cause);
  }

  /** The result cannot be encoded. */
  static Outcome unencodable(Throwable cause) {
    return new Failed(failure(FailureCode.ENCODE, cause), cause);
  }

  /** The result is larger than allowed. */
  static Outcome tooLarge(int bytes, int most) {
    SerializationException cause = new SerializationException(
        "the result takes " + bytes + " bytes, and maxPayload allows " + most);
    return new Failed(failure(FailureCode.TOO_LARGE, cause), cause);
  }

  private static Failure failure(FailureCode code, Throwable cause) {
    String message = cause.getMessage();
    return new Failure(code, cause.getClass().getName(), message == null ? "" : message, null);
  }
}
