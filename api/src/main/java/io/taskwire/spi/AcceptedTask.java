/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.TaskStatus;
import io.vertx.core.Future;

/** A task that the broker has taken; the transport's own record of it, so that acceptance allocates nothing more. */
public interface AcceptedTask {

  /**
   * Identifies the task.
   *
   * @return the id that caller and worker see alike
   */
  String id();

  /** Frees what is kept for the result; its listener hears no more. A late reply is dropped and reported. Idempotent. */
  void abandon();

  /**
   * Takes the task from the broker, or tells its running handler, as far as the capabilities go. The listener is not told
   * of the outcome by this; if it succeeds the queue abandons the task.
   *
   * @return whether the task will not run, or its handler was told
   */
  Future<Boolean> cancel();

  /**
   * Asks the broker where the task is. Only called with {@link io.taskwire.Feature#STATUS}.
   *
   * @return its answer
   */
  Future<TaskStatus> status();
}
