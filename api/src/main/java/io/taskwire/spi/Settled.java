/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

/** Whether a broker has taken note of how a task ended. */
public enum Settled {
  /** It has, or the settling packet was written and the broker sends no answer to it. */
  DONE,
  /** The task had gone to somebody else before; nothing was sent. */
  LEASE_LOST,
  /** The connection ended before; the task will be delivered again. */
  CONNECTION_LOST
}
