/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import org.jspecify.annotations.Nullable;

/**
 * What became of one put of a batch: either there is a job, or a failure.
 *
 * @param job where the job is, null if it is nowhere or nobody knows
 * @param failure why, as {@link BeanstalkProducer#put} fails; null if there is a job
 */
public record PutResult(@Nullable PlacedJob job, @Nullable Throwable failure) {

  /**
   * Tells whether a server has the job.
   *
   * @return false if none has, or nobody knows
   */
  public boolean isPlaced() {
    return job != null;
  }

  /**
   * Tells whether the job was sent and may be at a server.
   *
   * @return true if the failure is a {@link PutOutcomeUnknownException}; of any other the job is nowhere
   */
  public boolean isUnknown() {
    return failure instanceof PutOutcomeUnknownException;
  }
}
