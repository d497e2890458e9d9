/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/**
 * Called around each job, for logging contexts, metrics, database sessions and the like. Of a blocking handler it is called
 * on the handler's thread, otherwise on the worker's event loop, where it must not block.
 */
public interface WorkerHook {

  /**
   * A job is about to be handled, or handed out by {@link GearmanWorker#nextJob()}. What is thrown fails the job in the
   * place of its handler.
   *
   * @param job the job
   */
  default void before(WorkerJob job) {}

  /**
   * A job has failed: the handler threw, took too long, or returned what cannot be sent. Called between the other two, and
   * not for jobs that were failed by a call of {@link WorkerJob#fail} or {@link WorkerJob#exception}.
   *
   * @param job the job
   * @param cause why
   */
  default void failed(WorkerJob job, Throwable cause) {}

  /**
   * The handler has returned, or a job of {@link GearmanWorker#nextJob()} has been ended, withdrawn or lost. Called for each
   * job once if {@link #before} was called and threw nothing, before the end of the job is sent, unless the handler has sent
   * it, or its time limit has passed; on the way out the last hook comes first. What is thrown is logged.
   *
   * @param job the job
   */
  default void after(WorkerJob job) {}
}
