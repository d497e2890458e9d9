/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

/** Where a job is. */
public enum JobState {
  /** It waits for somebody to reserve it. */
  READY,
  /** It becomes ready when its delay is over. */
  DELAYED,
  /** A connection holds it. */
  RESERVED,
  /** It is put aside until it is kicked. */
  BURIED
}
