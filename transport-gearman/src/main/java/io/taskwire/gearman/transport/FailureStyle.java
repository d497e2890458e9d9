/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

/** Which packet tells a plain caller that its task has failed. */
enum FailureStyle {
  /** WORK_EXCEPTION, which says why; some servers pass it on only to callers that ask for it. */
  EXCEPTION,
  /** WORK_FAIL, which every caller gets and which says no more than that. */
  FAIL
}
