/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * A {@link TaskHandler} that also wants to know about, or talk to, the task's surroundings.
 *
 * @param <I> the input
 * @param <O> the result
 */
@FunctionalInterface
public interface ContextTaskHandler<I, O> {

  /**
   * Handles one task.
   *
   * @param input the decoded input; null where the caller sent null
   * @param context the task's surroundings, of use until the handler has returned
   * @return the result, which may be null
   * @throws Exception to fail the task; {@link TaskRetry}, {@link TaskReject} and {@link TaskFailure} say how
   */
  @Nullable
  O handle(I input, TaskContext context) throws Exception;
}
