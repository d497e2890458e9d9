/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

/** Does what one name of {@link JsonTaskHandlers} stands for; may block. */
@FunctionalInterface
public interface JsonTaskHandler {

  /**
   * Does it. If it returns and has not ended the job, the job is deleted.
   *
   * @param task name and arguments
   * @param job the job that it came in
   * @throws Exception why it could not be done; then it is tried again, as {@link JsonTaskHandlers#retry} says
   */
  void handle(JsonTask task, ConsumedJob job) throws Exception;
}
