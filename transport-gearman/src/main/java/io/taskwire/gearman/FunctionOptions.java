/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one function of a worker is served. Immutable: each method returns a copy. */
public final class FunctionOptions {

  private static final FunctionOptions DEFAULTS = new FunctionOptions(0, null, null, null);
  private static final int MOST_JOBS = 65_536;

  private final int concurrency;
  private final @Nullable Duration timeLimit;
  private final @Nullable Duration serverTimeout;
  private final @Nullable JobFailureForm failuresAs;

  private FunctionOptions(
      int concurrency,
      @Nullable Duration timeLimit,
      @Nullable Duration serverTimeout,
      @Nullable JobFailureForm failuresAs) {
    this.concurrency = concurrency;
    this.timeLimit = timeLimit;
    this.serverTimeout = serverTimeout;
    this.failuresAs = failuresAs;
  }

  /**
   * Options with nothing set.
   *
   * @return the defaults
   */
  public static FunctionOptions create() {
    return DEFAULTS;
  }

  /**
   * Limits how many jobs of this function are worked on at once, over all servers. Functions that share a connection, see
   * {@link WorkerOptions#maxConnections}, share the smallest of their limits.
   *
   * @param jobs 1 to 65,536; by default the processors for blocking handlers, 64 for asynchronous ones and for jobs of
   *     {@link GearmanWorker#nextJob()}
   * @return a copy
   * @throws IllegalArgumentException if out of range
   */
  public FunctionOptions concurrency(int jobs) {
    if (jobs < 1 || jobs > MOST_JOBS) {
      throw new IllegalArgumentException("concurrency must be 1 to 65,536: " + jobs);
    }
    return new FunctionOptions(jobs, timeLimit, serverTimeout, failuresAs);
  }

  /**
   * Limits how long one job may take; the worker watches over it, the server knows nothing of it. When it has passed the job
   * fails with the text {@code TIMEOUT: …}, a blocking handler is interrupted, and what it still returns is dropped. A
   * blocking handler keeps its slot until it really returns, so that handlers that hang do not pile up.
   *
   * @param limit more than zero; by default there is no limit
   * @return a copy
   * @throws IllegalArgumentException if not more than zero
   */
  public FunctionOptions timeLimit(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("a time limit must be more than zero: " + limit);
    }
    return new FunctionOptions(concurrency, limit, serverTimeout, failuresAs);
  }

  /**
   * Registers the function with CAN_DO_TIMEOUT, so that the server takes a job back after a time. Off by default, for a
   * reason: gearmand 1.1 keeps one such timer for each connection, not for each job (its bug 301), so that with more than
   * one job at a time it takes back the wrong ones or none, and runs them twice. With a {@linkplain #concurrency} of 1 it
   * can be used; {@link #timeLimit} is the better way.
   *
   * @param timeout 1 s or more; parts of a second count as a whole one
   * @return a copy
   * @throws IllegalArgumentException if less than a second, or longer than the protocol can say
   */
  public FunctionOptions serverTimeout(Duration timeout) {
    if (timeout.toSeconds() < 1 || timeout.toSeconds() >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a server's time limit must be at least 1 s: " + timeout);
    }
    return new FunctionOptions(concurrency, timeLimit, timeout, failuresAs);
  }

  /**
   * Says in which form failures of this function's handler are reported.
   *
   * @param form by default that of {@link WorkerOptions}
   * @return a copy
   */
  public FunctionOptions failuresAs(JobFailureForm form) {
    return new FunctionOptions(concurrency, timeLimit, serverTimeout, form);
  }

  /**
   * Gives the limit of jobs at once.
   *
   * @return zero if it was not set
   */
  public int concurrency() {
    return concurrency;
  }

  /**
   * Gives the time limit of a job.
   *
   * @return null if there is none
   */
  public @Nullable Duration timeLimit() {
    return timeLimit;
  }

  /**
   * Gives the time limit that the server is told.
   *
   * @return null if it is told none
   */
  public @Nullable Duration serverTimeout() {
    return serverTimeout;
  }

  /**
   * Gives the form of failures.
   *
   * @return null if it was not set
   */
  public @Nullable JobFailureForm failuresAs() {
    return failuresAs;
  }
}
