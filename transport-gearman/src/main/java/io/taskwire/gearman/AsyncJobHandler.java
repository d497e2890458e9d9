/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.vertx.core.Future;

/** Works on jobs without blocking; called on the worker's event loop. */
@FunctionalInterface
public interface AsyncJobHandler {

  /**
   * Begins to work on a job. What the future completes with completes it; what it fails with, or is thrown, fails it.
   *
   * @param job the job
   * @return its result, as {@link JobHandler#handle} returns it; it takes a slot until it is complete or the time limit
   *     has passed
   * @throws Exception why the job failed
   */
  Future<?> handle(WorkerJob job) throws Exception;
}
