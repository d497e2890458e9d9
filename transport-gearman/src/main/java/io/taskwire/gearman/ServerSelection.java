/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/** Which of several connected servers a client gives a job to. A server that is not connected is skipped. */
public enum ServerSelection {

  /** One after the other. The same unique key may be at work on several servers at once. */
  ROUND_ROBIN,

  /**
   * Jobs with a unique key go to the server that a rendezvous hash of function and key gives, so that equal keys meet,
   * whichever client submits them; all others one after the other. When a server fails only the keys that were its own
   * move to others, and they move back when it returns: during the change equal keys can be at work on two servers.
   */
  BY_UNIQUE
}
