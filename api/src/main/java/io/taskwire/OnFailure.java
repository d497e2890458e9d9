/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/** What becomes of a failed task for which nobody waits. It is logged at ERROR in any case. */
public enum OnFailure {
  /** Kept aside where the transport has {@link Feature#DEAD_LETTER}, dropped where not. */
  DEAD_LETTER,
  /** Dropped. */
  DROP
}
