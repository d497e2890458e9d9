/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.TaskType;
import org.jspecify.annotations.Nullable;

/**
 * How bytes on a stream become the values of a task, and back.
 *
 * @param <T> input and result
 */
interface Format<T> {

  /** The task of a name in this format. */
  TaskType<T, T> type(String taskName);

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if the bytes are not of this format
   */
  @Nullable
  T read(byte[] bytes);

  /** Writes a value; null is what the other side calls it, such as JSON's, or nothing. */
  byte[] write(@Nullable T value);

  /** The value backwards. */
  T reverse(T value);

  /** The value with capital letters. */
  T upper(T value);
}
