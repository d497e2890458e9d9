/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches a queue: for metrics, traces and tests. Each method is called on the queue's event loop, must be quick, must
 * not block, and is ignored but for a log line if it throws.
 */
public interface QueueListener {

  /**
   * A task was handed to the queue.
   *
   * @param taskName its name
   */
  default void submitted(String taskName) {}

  /**
   * The broker has accepted a task.
   *
   * @param taskName its name
   * @param taskId its id
   */
  default void accepted(String taskName, String taskId) {}

  /**
   * A caller's result has arrived.
   *
   * @param taskName the task's name
   * @param taskId its id
   */
  default void completed(String taskName, String taskId) {}

  /**
   * A submit or a result has failed for its caller.
   *
   * @param taskName the task's name
   * @param taskId its id, null if it was not accepted
   * @param cause what the caller gets
   */
  default void failed(String taskName, @Nullable String taskId, TaskException cause) {}

  /**
   * A reply came for a task that nobody waits for any more, and was dropped.
   *
   * @param taskId the task's id
   */
  default void lateReply(String taskId) {}

  /**
   * A handler begins with a task.
   *
   * @param taskName the task's name
   * @param taskId its id
   */
  default void started(String taskName, String taskId) {}

  /**
   * A handler has returned and the task is settled.
   *
   * @param taskName the task's name
   * @param taskId its id
   */
  default void finished(String taskName, String taskId) {}

  /**
   * A handler has thrown, or could not be run: the payload could not be decoded, its time was up.
   *
   * @param taskName the task's name
   * @param taskId its id
   * @param cause why
   */
  default void handlerFailed(String taskName, String taskId, Throwable cause) {}

  /**
   * A handler lost its task to another worker, or its connection, before it was settled.
   *
   * @param taskName the task's name
   * @param taskId its id
   */
  default void leaseLost(String taskName, String taskId) {}

  /**
   * A broker is connected, for the first time or again.
   *
   * @param host the address of the one, of several perhaps, without credentials: {@code gearman://h1:4730}
   */
  default void connected(String host) {}

  /**
   * The connection to a broker is lost; reconnecting starts at once.
   *
   * @param host the broker's address
   * @param cause why
   */
  default void disconnected(String host, Throwable cause) {}

  /**
   * An attempt to connect has failed and another will follow.
   *
   * @param host the broker's address
   * @param attempt the number of the failed attempt, from 1
   * @param cause why it failed
   * @param wait the time until the next
   */
  default void reconnecting(String host, int attempt, Throwable cause, Duration wait) {}

  /** The queue is closed and has freed everything. */
  default void closed() {}
}
