/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import io.vertx.core.Future;

/**
 * Handles tasks on the queue's event loop; it must not block.
 *
 * @param <I> the input
 * @param <O> the result
 */
@FunctionalInterface
public interface AsyncTaskHandler<I, O> {

  /**
   * Begins to handle one task.
   *
   * @param input the decoded input; null where the caller sent null
   * @return the result to come; a failed future fails the task, as a throw does
   * @throws Exception to fail the task
   */
  Future<? extends O> handle(I input) throws Exception;
}
