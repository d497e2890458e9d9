/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.taskwire.Backoff;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.RetryPolicy;
import java.time.Duration;
import java.util.OptionalLong;

/** Decides, failure by failure, whether and when connecting is tried again. One object for each row of attempts. */
public final class ConnectRetry {

  private static final Duration FIRST_WAIT_AFTER_LOSS = Duration.ofMillis(100);

  private final Retry.AsyncContext<Object> row;
  private int failures;

  private ConnectRetry(int attempts, IntervalFunction waits) {
    RetryConfig config = RetryConfig.custom()
        .maxAttempts(attempts)
        .intervalFunction(waits)
        .retryOnException(
            cause -> !(cause instanceof BrokerConnectException known) || known.isRetryable())
        .build();
    this.row = Retry.of("connect", config).asyncContext();
  }

  /**
   * As the policy says: for the first connection.
   *
   * @param policy how often and after which waits
   * @return a new row of attempts
   */
  public static ConnectRetry asConfigured(RetryPolicy policy) {
    Duration pause = policy.pause();
    if (pause.isZero()) {
      return new ConnectRetry(1, IntervalFunction.of(1));
    }
    IntervalFunction waits = policy.backoff() == Backoff.FIXED
        ? IntervalFunction.of(pause)
        : growing(pause, policy.longest());
    int attempts = policy.attempts();
    return new ConnectRetry(attempts == 0 ? Integer.MAX_VALUE : attempts, waits);
  }

  /**
   * For a connection that was up and is lost: the first attempt is made at once, the waits between the next grow from a
   * tenth of a second to the configured one.
   *
   * @param policy whose wait is the longest
   * @return a new row of attempts
   */
  public static ConnectRetry afterLoss(RetryPolicy policy) {
    Duration most = policy.pause().isZero() ? RetryPolicy.DEFAULT.pause() : policy.pause();
    return new ConnectRetry(Integer.MAX_VALUE, growing(FIRST_WAIT_AFTER_LOSS, most));
  }

  private static IntervalFunction growing(Duration first, Duration most) {
    long start = Math.min(first.toMillis(), most.toMillis());
    return IntervalFunction.ofExponentialRandomBackoff(start, 2.0, 0.25, most.toMillis());
  }

  /**
   * Takes note of a failed attempt.
   *
   * @param cause why it failed
   * @return the milliseconds until the next one, empty if it was the last
   */
  public OptionalLong failed(Throwable cause) {
    failures++;
    long wait = row.onError(cause);
    return wait < 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(1, wait));
  }

  /**
   * Counts the failed attempts.
   *
   * @return how many there were
   */
  public int failures() {
    return failures;
  }
}
