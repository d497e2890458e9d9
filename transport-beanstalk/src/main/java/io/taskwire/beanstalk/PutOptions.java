/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.codec.Command;
import java.time.Duration;

/**
 * How a job is put. Immutable; {@link #DEFAULT} is priority 1024, no delay, a time to run of 60 s, which other clients of
 * beanstalkd have as their defaults too.
 *
 * @param priority 0, the most urgent, to 4,294,967,295
 * @param delay how long the job is kept from being reserved; rounded up to whole seconds
 * @param timeToRun how long a worker may hold the job without a touch before the server gives it to another; rounded up to
 *     whole seconds, 1 s at least. 5 s and more leave time to touch it
 */
public record PutOptions(long priority, Duration delay, Duration timeToRun) {

  /** Priority 1024, no delay, 60 s to run. */
  public static final PutOptions DEFAULT =
      new PutOptions(1024, Duration.ZERO, Duration.ofSeconds(60));

  /**
   * Checks the values.
   *
   * @param priority 0, the most urgent, to 4,294,967,295
   * @param delay how long the job is kept from being reserved
   * @param timeToRun how long a worker may hold the job
   * @throws IllegalArgumentException if the server would not take one of them
   */
  public PutOptions {
    if (priority < 0 || priority > Command.MAX_PRIORITY) {
      throw new IllegalArgumentException(
          "a priority is 0 to " + Command.MAX_PRIORITY + ", not " + priority);
    }
    if (delay.isNegative() || delay.toSeconds() >= Command.MAX_SECONDS) {
      throw new IllegalArgumentException(
          "a delay is 0 to " + Command.MAX_SECONDS + " s, not " + delay);
    }
    if (timeToRun.isNegative()
        || timeToRun.isZero()
        || timeToRun.toSeconds() >= Command.MAX_SECONDS) {
      throw new IllegalArgumentException(
          "a time to run is 1 to " + Command.MAX_SECONDS + " s, not " + timeToRun);
    }
  }

  /**
   * The same with another priority.
   *
   * @param urgency 0, the most urgent, to 4,294,967,295
   * @return new options
   */
  public PutOptions withPriority(long urgency) {
    return new PutOptions(urgency, delay, timeToRun);
  }

  /**
   * The same with another delay.
   *
   * @param wait how long the job is kept from being reserved
   * @return new options
   */
  public PutOptions withDelay(Duration wait) {
    return new PutOptions(priority, wait, timeToRun);
  }

  /**
   * The same with another time to run.
   *
   * @param lease how long a worker may hold the job without a touch
   * @return new options
   */
  public PutOptions withTimeToRun(Duration lease) {
    return new PutOptions(priority, delay, lease);
  }
}
