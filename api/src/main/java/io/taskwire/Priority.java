/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/** How urgent a task is among the waiting tasks of the same name. The default is {@link #NORMAL}. */
public enum Priority {
  /** Before all waiting tasks of normal and low priority. */
  HIGH,
  /** What a task has when nothing is said. */
  NORMAL,
  /** After all waiting tasks of high and normal priority. */
  LOW
}
