/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

/** Hears from a {@link Session} what belongs to no single task. */
public interface SessionListener {

  /**
   * The session is lost. Called once, after the submits it carried were told; not called if the queue closed it.
   *
   * @param cause why
   */
  void lost(Throwable cause);

  /** {@link Session#isWritable()} has become true again. */
  void writable();

  /**
   * A reply came for a task that nobody waits for any more, and was dropped.
   *
   * @param taskId the task's id
   */
  void lateReply(String taskId);
}
