/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

/**
 * Decides for which jobs it is worth a round trip to ask how often they were reserved. The broker does not say so with the
 * job, and asking for each would cost every task.
 *
 * <p>Numbers rise with each put, and a job that comes back keeps its number. So a job whose number is not above all seen
 * before may have been delivered before, and is looked at. So is every job in the first time of a consumer, until the tube
 * was seen empty or a thousand jobs in a row were new: whatever brought the previous worker down is among the first.
 *
 * <p>What remains: a job that brings down its worker while this consumer has seen only smaller numbers is delivered once
 * unseen. It is therefore buried after {@code maxAttempts} deliveries and at most one more for each worker alive.
 */
final class RedeliveryCheck {

  private static final int ENOUGH_NEW_ONES = 1000;

  private boolean starting = true;
  private int newOnes;
  private long highest;

  boolean wanted(long jobId) {
    boolean seenAbove = jobId <= highest;
    highest = Math.max(highest, jobId);
    return starting || seenAbove;
  }

  void reserved(long times) {
    newOnes = times > 1 ? 0 : newOnes + 1;
    if (newOnes >= ENOUGH_NEW_ONES) {
      starting = false;
    }
  }

  void tubeEmpty() {
    starting = false;
  }
}
