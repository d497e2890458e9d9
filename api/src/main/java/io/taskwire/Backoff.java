/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/** How the wait between attempts to connect goes on. */
public enum Backoff {
  /** The same each time. */
  FIXED,
  /** Twice as long each time, with some randomness, up to {@code retryMax}. */
  EXPONENTIAL
}
