/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one handler is run; what is not set follows the queue's options. Immutable: each method returns a copy. */
public final class HandlerOptions {

  private static final HandlerOptions DEFAULTS = new HandlerOptions(0, null, 0, null, null);

  private final int concurrency;
  private final @Nullable Duration timeLimit;
  private final int maxAttempts;
  private final @Nullable OnFailure onFailure;
  private final @Nullable EnvelopeMode envelope;

  private HandlerOptions(
      int concurrency,
      @Nullable Duration timeLimit,
      int maxAttempts,
      @Nullable OnFailure onFailure,
      @Nullable EnvelopeMode envelope) {
    this.concurrency = concurrency;
    this.timeLimit = timeLimit;
    this.maxAttempts = maxAttempts;
    this.onFailure = onFailure;
    this.envelope = envelope;
  }

  /**
   * Options with nothing set.
   *
   * @return the defaults
   */
  public static HandlerOptions create() {
    return DEFAULTS;
  }

  /**
   * Limits how many tasks of this name run at once.
   *
   * @param tasks 1 to 65,536; by default the processors for blocking handlers, 64 for asynchronous ones
   * @return a copy
   * @throws IllegalArgumentException if out of range
   */
  public HandlerOptions concurrency(int tasks) {
    if (tasks < 1 || tasks > 65_536) {
      throw new IllegalArgumentException("concurrency must be 1 to 65,536: " + tasks);
    }
    return new HandlerOptions(tasks, timeLimit, maxAttempts, onFailure, envelope);
  }

  /**
   * Limits how long the handler may take for one task; then the task fails with the code TIMEOUT, a blocking handler is
   * interrupted, and what it still returns is dropped.
   *
   * @param limit more than zero; by default the queue's
   * @return a copy
   * @throws IllegalArgumentException if not more than zero
   */
  public HandlerOptions timeLimit(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("a time limit must be more than zero: " + limit);
    }
    return new HandlerOptions(concurrency, limit, maxAttempts, onFailure, envelope);
  }

  /**
   * Limits how often one task is tried, where the broker counts.
   *
   * @param attempts 1 or more
   * @return a copy
   * @throws IllegalArgumentException if less than 1
   */
  public HandlerOptions maxAttempts(int attempts) {
    if (attempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be 1 or more: " + attempts);
    }
    return new HandlerOptions(concurrency, timeLimit, attempts, onFailure, envelope);
  }

  /**
   * Says what becomes of a failed task for which nobody waits.
   *
   * @param policy what to do
   * @return a copy
   */
  public HandlerOptions onFailure(OnFailure policy) {
    return new HandlerOptions(concurrency, timeLimit, maxAttempts, policy, envelope);
  }

  /**
   * Says whether envelopes are looked for and written by this handler.
   *
   * @param mode when
   * @return a copy
   */
  public HandlerOptions envelope(EnvelopeMode mode) {
    return new HandlerOptions(concurrency, timeLimit, maxAttempts, onFailure, mode);
  }

  /**
   * Tells the concurrency.
   *
   * @return how many tasks at once, 0 if not set
   */
  public int concurrency() {
    return concurrency;
  }

  /**
   * Tells the time limit.
   *
   * @return the limit, null if not set
   */
  public @Nullable Duration timeLimit() {
    return timeLimit;
  }

  /**
   * Tells how often a task is tried.
   *
   * @return the number of attempts, 0 if not set
   */
  public int maxAttempts() {
    return maxAttempts;
  }

  /**
   * Tells what becomes of failed tasks.
   *
   * @return the policy, null if not set
   */
  public @Nullable OnFailure onFailure() {
    return onFailure;
  }

  /**
   * Tells when envelopes are used.
   *
   * @return the mode, null if not set
   */
  public @Nullable EnvelopeMode envelope() {
    return envelope;
  }
}
