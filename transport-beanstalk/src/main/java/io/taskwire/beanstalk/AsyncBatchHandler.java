/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.vertx.core.Future;
import java.util.List;

/** Works on several jobs in one call without blocking; called on the consumer's event loop. */
@FunctionalInterface
public interface AsyncBatchHandler {

  /**
   * Begins to work on jobs of any of the consumer's tubes and servers. If the future completes, those that were not ended are
   * deleted.
   *
   * @param jobs one at least, {@link ConsumerOptions#batch} at most; they take their slots until the future is complete
   * @return fails if it could not be done; then {@link ConsumerOptions#retryFailed} counts for those not ended
   * @throws Exception the same as a failed future
   */
  Future<?> handle(List<ConsumedJob> jobs) throws Exception;
}
