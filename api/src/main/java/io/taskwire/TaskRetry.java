/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import java.time.Duration;

/**
 * Thrown by a handler that wants to be given the task again later: {@code throw TaskRetry.after(Duration.ofMinutes(1))}.
 *
 * <p>The caller goes on waiting. Where the broker counts attempts, the last allowed one ({@code maxAttempts}) fails
 * instead. On a transport without {@link Feature#RETRY} the task fails, and the failure says so.
 */
public final class TaskRetry extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** How long the task waits. */
  private final Duration delay;

  private TaskRetry(Duration delay) {
    super("retry after " + delay, null, false, false);
    this.delay = delay;
  }

  /**
   * Asks for the task to be delivered again.
   *
   * @param delay how long it waits before that; zero or more, brokers may round it up to whole seconds
   * @return what to throw
   * @throws IllegalArgumentException if the delay is negative
   */
  public static TaskRetry after(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a retry's delay must not be negative: " + delay);
    }
    return new TaskRetry(delay);
  }

  /**
   * Tells how long the task waits.
   *
   * @return the delay
   */
  public Duration delay() {
    return delay;
  }
}
