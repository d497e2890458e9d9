/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.Backoff;
import java.time.Duration;

/**
 * How often and after which waits connecting is tried again.
 *
 * <p>It says so for the first connection. One that was up and is lost is always made again: at once, then after waits that
 * grow from a tenth of a second to {@code pause}, or to 5 s where that is zero.
 *
 * @param pause the wait after a failed attempt, the first one if it grows; zero: the first failure is the last
 * @param attempts how many attempts are made before giving up, 0 for ever
 * @param backoff whether the wait stays the same, or doubles each time with some randomness
 * @param longest the longest wait where it grows
 */
public record RetryPolicy(Duration pause, int attempts, Backoff backoff, Duration longest) {

  /** For ever, every 5 s. */
  public static final RetryPolicy DEFAULT = new RetryPolicy(
      CoreOptions.RETRY.defaultValue(),
      CoreOptions.RETRY_ATTEMPTS.defaultValue(),
      CoreOptions.RETRY_BACKOFF.defaultValue(),
      CoreOptions.RETRY_MAX.defaultValue());

  /**
   * Checks the numbers.
   *
   * @param pause the wait after a failed attempt, the first one if it grows; zero: the first failure is the last
   * @param attempts how many attempts are made before giving up, 0 for ever
   * @param backoff whether the wait stays the same, or doubles each time with some randomness
   * @param longest the longest wait where it grows
   * @throws IllegalArgumentException if one is negative, or the longest wait is zero
   */
  public RetryPolicy {
    if (pause.isNegative() || attempts < 0 || longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("not a policy of retrying: pause=" + pause + ", attempts="
          + attempts + ", longest=" + longest);
    }
  }

  /**
   * Reads what a queue's options say.
   *
   * @param settings that know {@link CoreOptions#RETRY} and those beside it
   * @return the policy
   */
  public static RetryPolicy of(Settings settings) {
    return new RetryPolicy(
        settings.get(CoreOptions.RETRY),
        settings.get(CoreOptions.RETRY_ATTEMPTS),
        settings.get(CoreOptions.RETRY_BACKOFF),
        settings.get(CoreOptions.RETRY_MAX));
  }
}
