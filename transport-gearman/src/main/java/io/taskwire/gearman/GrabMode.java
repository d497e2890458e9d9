/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/** With which packet a worker asks for jobs; it decides what the server tells of them. */
public enum GrabMode {
  /** GRAB_JOB: handle, function and payload. */
  JOB,
  /** GRAB_JOB_UNIQ, the default: also the unique id. The only one that every server knows. */
  UNIQUE,
  /** GRAB_JOB_ALL: also the reducer of jobs that were submitted with one. */
  ALL
}
