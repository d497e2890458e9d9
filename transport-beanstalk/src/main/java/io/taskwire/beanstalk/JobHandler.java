/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

/** Works on jobs, one call each, and may block: each call has a thread of its own. */
@FunctionalInterface
public interface JobHandler {

  /**
   * Works on a job. If it returns and has not ended the job, the job is deleted. The thread is interrupted when the consumer
   * closes and can wait no longer.
   *
   * @param job the job
   * @throws Exception why it could not be done; then {@link ConsumerOptions#retryFailed} counts, unless the job was ended
   */
  void handle(ConsumedJob job) throws Exception;
}
