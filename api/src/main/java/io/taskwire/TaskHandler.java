/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import org.jspecify.annotations.Nullable;

/**
 * Handles tasks in blocking code, on a thread of its own where {@code Future.await()} is allowed: a virtual one where the
 * JDK has them. The thread runs other tasks before and after. As long as handlers take some microseconds it runs what waits
 * one after the other; behind one that takes longer, what waits begins on other threads within about a millisecond, and at
 * once when handlers have taken longer of late.
 *
 * @param <I> the input
 * @param <O> the result
 */
@FunctionalInterface
public interface TaskHandler<I, O> {

  /**
   * Handles one task.
   *
   * @param input the decoded input; null where the caller sent null
   * @return the result, which may be null
   * @throws Exception to fail the task; {@link TaskRetry}, {@link TaskReject} and {@link TaskFailure} say how
   */
  @Nullable
  O handle(I input) throws Exception;
}
