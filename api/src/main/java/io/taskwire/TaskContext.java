/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a handler can learn about the task it handles, and say while it runs. Safe to use from any thread until the task
 * is settled; afterwards {@link #progress} and {@link #data} fail and the rest goes on answering.
 */
public interface TaskContext {

  /**
   * Names the task.
   *
   * @return the name it was submitted under
   */
  String taskName();

  /**
   * Identifies the task.
   *
   * @return the id the broker knows it by, the same as the caller's {@link TaskHandle#id()}
   */
  String id();

  /**
   * Counts the deliveries of this task.
   *
   * @return 1 for the first, empty where the broker does not say
   */
  OptionalInt attempt();

  /**
   * Gives the headers the caller set.
   *
   * @return name to value, empty if there are none, unmodifiable
   */
  Map<String, String> headers();

  /**
   * Reports how far the task is.
   *
   * @param done the units done, zero or more
   * @param total the units in all, 0 if unknown
   * @return completes when the report is on its way and the next may be sent; fails with {@link
   *     UnsupportedOptionException} where the transport has no {@link Feature#PROGRESS}
   */
  Future<Void> progress(long done, long total);

  /**
   * Sends a part of the result, or anything else, ahead of it.
   *
   * @param chunk the bytes
   * @return completes when the chunk is on its way and the next may be sent; fails with {@link
   *     UnsupportedOptionException} where the transport has no {@link Feature#PARTIAL_DATA}
   */
  Future<Void> data(Buffer chunk);

  /**
   * Tells whether going on is of no use: the caller cancelled, the lease is lost, the time limit passed or the queue is
   * closing for good. A blocking handler is also interrupted at the time limit.
   *
   * @return true from then on
   */
  boolean isCancelled();

  /**
   * Completes when {@link #isCancelled()} becomes true, never if it does not; on the queue's event loop.
   *
   * @return the same future each time
   */
  Future<Void> cancelled();
}
