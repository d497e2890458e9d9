/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import org.jspecify.annotations.Nullable;

/** Works on jobs, one call each, and may block: each call has a thread of its own. */
@FunctionalInterface
public interface JobHandler {

  /**
   * Works on a job. What is returned completes it; what is thrown fails it, as {@link WorkerOptions#failuresAs} says. A
   * handler that has ended the job itself, by {@link WorkerJob#complete}, {@link WorkerJob#fail} or {@link
   * WorkerJob#exception}, returns null.
   *
   * <p>The thread is interrupted when the time limit passes, and when the worker closes and can wait no longer.
   *
   * @param job the job
   * @return its result: null for an empty one, a {@link io.vertx.core.buffer.Buffer}, a byte array, or anything that
   *     {@link WorkerJob#complete} takes
   * @throws Exception why the job failed; a {@link io.taskwire.TaskFailure} chooses type and message
   */
  @Nullable
  Object handle(WorkerJob job) throws Exception;
}
