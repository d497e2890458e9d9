/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A task that the broker has accepted, as its caller sees it. Safe to use from any thread.
 *
 * @param <O> the result
 */
public interface TaskHandle<O> {

  /**
   * Names the task.
   *
   * @return the name it was submitted under
   */
  String taskName();

  /**
   * Identifies the task at its broker: a job handle on Gearman, an id of ours where the broker's own are not unique.
   *
   * @return the id
   */
  String id();

  /**
   * Gives the result: the same future each time, already complete with null if no response was asked for.
   *
   * <p>It fails with a {@link TaskException}, at the latest when the task's {@linkplain SubmitOptions#timeout timeout},
   * counted from acceptance, has passed.
   *
   * @return the result to come
   */
  Future<O> result();

  /**
   * Waits for the result for a limited time. When that has passed only the returned future fails, with a {@link
   * TaskTimeoutException}; the task itself, and {@link #result()}, go on.
   *
   * @param limit how long, from now
   * @return a future of its own
   */
  Future<O> result(Duration limit);

  /**
   * Listens to progress from now on; reports that come before the first listener are dropped but for the last.
   *
   * @param listener called on the queue's event loop, must not block
   * @return this
   * @throws UnsupportedOptionException where the transport has no {@link Feature#PROGRESS}, or has none for callers with a
   *     {@code clientId}
   */
  TaskHandle<O> onProgress(Consumer<Progress> listener);

  /**
   * Listens to partial data; chunks that came before are handed over first, as far as they were kept (64 at most).
   *
   * @param listener called on the queue's event loop in the order of sending, must not block
   * @return this
   * @throws UnsupportedOptionException where the transport has no {@link Feature#PARTIAL_DATA}, or has none for callers
   *     with a {@code clientId}
   */
  TaskHandle<O> onData(Consumer<Buffer> listener);

  /**
   * Asks the broker to take the task away.
   *
   * @return true if it will not run, or its running handler was told; then {@link #result()} fails with {@link
   *     TaskCancelledException}. False if it is too late. Fails with {@link UnsupportedOptionException} where the
   *     transport can't.
   */
  Future<Boolean> cancel();

  /**
   * Asks the broker where the task is.
   *
   * @return its answer; fails with {@link UnsupportedOptionException} where the transport has no {@link Feature#STATUS}
   */
  Future<TaskStatus> status();

  /**
   * Stops waiting: all that is kept for the result is freed at once, {@link #result()} fails with {@link
   * TaskCancelledException}, a late reply is dropped. The task itself goes on.
   */
  void abandon();
}
