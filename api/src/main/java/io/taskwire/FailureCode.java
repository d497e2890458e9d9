/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/** The kind of a remote failure, as it travels. */
public enum FailureCode {
  /** The handler threw, or said that it failed. */
  HANDLER,
  /** The worker could not decode the payload; the handler did not run. */
  DECODE,
  /** The handler returned something that could not be encoded. */
  ENCODE,
  /** The payload was too large for the worker, or the result for the broker. */
  TOO_LARGE,
  /** The handler ran longer than its time limit. */
  TIMEOUT,
  /** The worker refused the task for good. */
  REJECTED,
  /** The task was cancelled. */
  CANCELLED
}
