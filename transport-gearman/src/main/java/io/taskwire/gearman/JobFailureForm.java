/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/** In which form a worker reports that a handler failed. */
public enum JobFailureForm {
  /**
   * As WORK_EXCEPTION, with the text {@code type: message} in UTF-8, at most 8 KiB. It reaches clients that have asked for
   * exceptions; all others are told of a failure without a reason. libgearman's clients do not ask, and on a server that
   * was started without {@code --exceptions} learn nothing of why.
   */
  EXCEPTION,
  /** As WORK_FAIL, without a reason: the reason stays in this process, with the hooks and in the log. */
  FAIL
}
