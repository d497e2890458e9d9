/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.vertx.core.Future;

/** Works on jobs without blocking; called on the consumer's event loop. */
@FunctionalInterface
public interface AsyncJobHandler {

  /**
   * Begins to work on a job. If the future completes and the job was not ended, the job is deleted.
   *
   * @param job the job; it takes a slot until the future is complete
   * @return fails if it could not be done; then {@link ConsumerOptions#retryFailed} counts, unless the job was ended
   * @throws Exception the same as a failed future
   */
  Future<?> handle(ConsumedJob job) throws Exception;
}
