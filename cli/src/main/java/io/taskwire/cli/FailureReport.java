/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.QueueListener;
import java.io.PrintStream;

/** Writes one line for each task that a worker fails. */
final class FailureReport implements QueueListener {

  private final PrintStream err;

  FailureReport(PrintStream err) {
    this.err = err;
  }

  @Override
  public void handlerFailed(String taskName, String taskId, Throwable cause) {
    String message = cause.getMessage();
    err.println("failed " + taskName + " " + taskId + ": " + (message == null ? cause : message));
  }
}
