/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/** The worker said that the job failed, and no more. */
public sealed class JobFailedException extends GearmanException permits JobThrewException {

  private static final long serialVersionUID = 1;

  /** The job's handle. */
  private final String handle;

  /**
   * Creates one.
   *
   * @param message what happened to which job
   * @param handle the job's handle
   */
  public JobFailedException(String message, String handle) {
    super(message, null);
    this.handle = handle;
  }

  /**
   * Names the job.
   *
   * @return the job's handle
   */
  public final String handle() {
    return handle;
  }
}
