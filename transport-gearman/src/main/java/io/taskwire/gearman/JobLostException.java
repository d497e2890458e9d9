/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import org.jspecify.annotations.Nullable;

/**
 * The connection was lost after the job had been sent, or the server did not acknowledge it in time. It may run, may have
 * run or may never run. Submitting it again may run it twice; {@link JobRequest#maxRetries} does so by itself.
 */
public final class JobLostException extends GearmanException {

  private static final long serialVersionUID = 1;

  /** The job's handle, empty if the server had not acknowledged it. */
  private final String handle;

  /**
   * Creates one.
   *
   * @param message what happened to which job
   * @param handle the job's handle, empty if the server had not acknowledged it
   * @param cause why the connection was lost
   */
  public JobLostException(String message, String handle, @Nullable Throwable cause) {
    super(message, cause);
    this.handle = handle;
  }

  /**
   * Names the job.
   *
   * @return the job's handle, empty if the server had not acknowledged it
   */
  public String handle() {
    return handle;
  }
}
