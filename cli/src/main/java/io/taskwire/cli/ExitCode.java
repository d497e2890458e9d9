/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.OutcomeUnknownException;
import io.taskwire.QueueClosedException;
import io.taskwire.RemoteTaskException;
import io.taskwire.SerializationException;
import io.taskwire.TaskCancelledException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskSerializationException;
import io.taskwire.TaskTimeoutException;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.beanstalk.BeanstalkConnectionException;
import io.taskwire.beanstalk.BeanstalkException;
import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.gearman.GearmanCommandException;
import io.taskwire.gearman.GearmanConnectionException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.NoServerException;
import io.taskwire.rabbitmq.RabbitmqConnectionException;
import io.taskwire.rabbitmq.RabbitmqException;
import io.taskwire.rabbitmq.RabbitmqManagementException;
import io.taskwire.rabbitmq.RabbitmqRefusedException;

/** What the exit codes mean. */
final class ExitCode {

  /** All went well. */
  static final int DONE = 0;

  /** Anything that has no code of its own, such as a result that cannot be written to stdout. */
  static final int OTHER = 1;

  /** Arguments, payload or configuration are wrong; nothing was sent. */
  static final int USAGE = 2;

  /** The task failed on the other side, or its result is not of the format asked for. */
  static final int FAILED = 3;

  /** The result, or a broker's answer, did not come in time. */
  static final int TIMEOUT = 4;

  /** Nobody can say whether the task ran or will run. */
  static final int UNKNOWN = 5;

  /** The broker cannot be reached; nothing was sent. */
  static final int CONNECT = 6;

  /** The broker, or a limit, refused the task, or it asks for what the transport cannot do. */
  static final int REFUSED = 7;

  /** The table for the help. */
  static final String HELP = """
      Exit codes: 0 done, 1 anything else (such as stdout being closed), 2 usage or configuration, 3 the task \
      failed or its result has another format, 4 timeout, 5 outcome unknown, 6 cannot connect, 7 rejected or \
      unsupported.""";

  private ExitCode() {}

  static int of(Throwable failure) {
    if (failure instanceof TaskException known) {
      return ofTask(known);
    }
    if (failure instanceof GearmanException known) {
      return ofAdmin(known);
    }
    if (failure instanceof BeanstalkException known) {
      return ofAdmin(known);
    }
    if (failure instanceof RabbitmqException known) {
      return ofAdmin(known);
    }
    if (failure instanceof SerializationException) {
      return FAILED; // a result that JSON has no form for
    }
    // InvalidOptionException is one too.
    return failure instanceof IllegalArgumentException ? USAGE : OTHER;
  }

  private static int ofAdmin(GearmanException failure) {
    if (failure instanceof GearmanConnectionException || failure instanceof NoServerException) {
      return CONNECT;
    }
    if (failure instanceof GearmanTimeoutException) {
      return TIMEOUT;
    }
    return failure instanceof GearmanCommandException ? REFUSED : OTHER;
  }

  private static int ofAdmin(BeanstalkException failure) {
    if (failure instanceof BeanstalkConnectionException) {
      return CONNECT;
    }
    return failure instanceof BeanstalkReplyException ? REFUSED : OTHER;
  }

  private static int ofAdmin(RabbitmqException failure) {
    if (failure instanceof RabbitmqConnectionException
        || failure instanceof RabbitmqManagementException) {
      return CONNECT;
    }
    return failure instanceof RabbitmqRefusedException ? REFUSED : OTHER;
  }

  private static int ofTask(TaskException failure) {
    if (failure instanceof RemoteTaskException) {
      return FAILED;
    }
    if (failure instanceof TaskTimeoutException) {
      return TIMEOUT;
    }
    if (failure instanceof TaskConnectException) {
      return CONNECT;
    }
    if (failure instanceof TaskRejectedException || failure instanceof UnsupportedOptionException) {
      return REFUSED;
    }
    if (failure instanceof TaskSerializationException) {
      return failure.taskId() == null ? USAGE : FAILED;
    }
    if (failure instanceof OutcomeUnknownException
        || failure instanceof TaskCancelledException
        || failure instanceof QueueClosedException) {
      return UNKNOWN;
    }
    return OTHER;
  }
}
