/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import io.vertx.core.Future;

/**
 * An {@link AsyncTaskHandler} that also wants to know about, or talk to, the task's surroundings.
 *
 * @param <I> the input
 * @param <O> the result
 */
@FunctionalInterface
public interface AsyncContextTaskHandler<I, O> {

  /**
   * Begins to handle one task.
   *
   * @param input the decoded input; null where the caller sent null
   * @param context the task's surroundings, of use until the returned future is complete
   * @return the result to come; a failed future fails the task, as a throw does
   * @throws Exception to fail the task
   */
  Future<? extends O> handle(I input, TaskContext context) throws Exception;
}
