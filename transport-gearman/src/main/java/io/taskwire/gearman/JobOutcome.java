/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/** What has become of the end of a job that a worker wanted to report. */
public enum JobOutcome {
  /** It is on its way. The server answers nothing to it; closing the worker makes sure that it arrives. */
  SENT,
  /**
   * The connection the job came over is gone and the server has given the job to another worker, or will. Nothing was sent,
   * least of all to another server: job handles are numbers that repeat.
   */
  LOST,
  /** The time limit had passed, and the worker had reported that. Nothing more was sent. */
  TIMED_OUT
}
