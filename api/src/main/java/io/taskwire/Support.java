/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/** How a transport has a {@link Feature}. */
public enum Support {
  /** The broker does it. */
  NATIVE,
  /** Taskwire does it on top of the broker; the documents of the transport say what that cannot do. */
  EMULATED,
  /** It can't be had, and asking for it is refused. */
  NONE
}
