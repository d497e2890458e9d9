/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/**
 * How it stands with one function at a server; a line of {@code status}.
 *
 * @param function the function's name
 * @param total the jobs that wait or run. A cancelled job still counts until a worker would have got it
 * @param running those that workers hold, whether they have begun with them or not
 * @param workers the connections that have registered the function
 */
public record FunctionStatus(String function, long total, long running, long workers) {

  /**
   * Counts the jobs that no worker has taken yet.
   *
   * @return the difference of the total and the running ones
   */
  public long waiting() {
    return total - running;
  }
}
