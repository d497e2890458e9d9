/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/** The marker of raw tasks, whose bodies and results are bytes: {@code queue.on("thumbnail", RAW, bytes -> …)}. */
public enum Raw {
  /** The only value, meant to be imported statically. */
  RAW
}
