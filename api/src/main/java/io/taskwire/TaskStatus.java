/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * What a broker says of one task at one moment.
 *
 * @param state where the task is
 * @param progress what its handler reported last, null if nothing or unknown
 */
public record TaskStatus(State state, @Nullable Progress progress) {

  /** Where a task is. */
  public enum State {
    /** Waits for its delay to pass. */
    DELAYED,
    /** Waits for a worker. */
    QUEUED,
    /** A worker holds it. */
    RUNNING,
    /** Kept aside as a dead letter. */
    DEAD,
    /** The broker does not know it: it is done, or never was. */
    UNKNOWN
  }
}
