/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import java.util.List;

/** Works on several jobs in one call, and may block: each call has a thread of its own. */
@FunctionalInterface
public interface BatchHandler {

  /**
   * Works on jobs of any of the consumer's tubes and servers. If it returns, those that it has not ended are deleted.
   *
   * @param jobs one at least, {@link ConsumerOptions#batch} at most
   * @throws Exception why it could not be done; then {@link ConsumerOptions#retryFailed} counts for those not ended
   */
  void handle(List<ConsumedJob> jobs) throws Exception;
}
