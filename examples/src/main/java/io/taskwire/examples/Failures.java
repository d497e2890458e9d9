/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.OutcomeUnknownException;
import io.taskwire.QueueClosedException;
import io.taskwire.RemoteTaskException;
import io.taskwire.TaskCancelledException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskFailure;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskSerializationException;
import io.taskwire.TaskTimeoutException;
import io.taskwire.TaskType;
import io.taskwire.UnsupportedOptionException;

/** What a caller sees of a handler that fails, and what it does about each kind of failure. */
public final class Failures {

  static final TaskType<Integer, Integer> CHARGE =
      TaskType.of("charge", Integer.class, Integer.class);

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.on(CHARGE, Failures::charge);
      queue.start().await();

      for (Object cents : new Object[] {500, -1, 1_000_000, "many"}) {
        try {
          System.out.println("charged " + queue.call("charge", cents).await());
        } catch (TaskException e) {
          System.out.println(adviceFor(e));
        }
      }
    }
  }

  private static Integer charge(int cents) {
    if (cents < 0) {
      throw new IllegalArgumentException("negative amount " + cents); // arrives as it is
    }
    if (cents > 100_000) { // chooses what the caller sees
      throw new TaskFailure("limit-exceeded", "the card allows less", "{\"limit\":100000}");
    }
    return cents;
  }

  // region advice
  /** The family is sealed: one subtype for each thing a caller would do differently. */
  private static String adviceFor(TaskException e) {
    if (e instanceof RemoteTaskException remote) { // the worker said no
      return remote.code() + " " + remote.remoteType() + ": " + remote.remoteMessage()
          + (remote.details() == null ? "" : " " + remote.details());
    } else if (e instanceof TaskTimeoutException) {
      return "no result in time, it may still run";
    } else if (e instanceof OutcomeUnknownException) {
      return "sent, and nobody knows whether it runs: look before you submit again";
    } else if (e instanceof TaskRejectedException rejected) {
      return "refused, " + rejected.reason();
    } else if (e instanceof UnsupportedOptionException unsupported) {
      return "this broker has no " + unsupported.feature().label();
    } else if (e instanceof TaskSerializationException) {
      return "the value does not fit the type";
    } else if (e instanceof TaskConnectException) {
      return "no broker, nothing was sent: try again";
    } else if (e instanceof TaskCancelledException || e instanceof QueueClosedException) {
      return "we gave up ourselves";
    }
    throw e;
  }
  // endregion
}
