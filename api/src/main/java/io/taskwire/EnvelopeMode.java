/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/** When bodies carry Taskwire's envelope, which holds what the broker has no place for. */
public enum EnvelopeMode {
  /** Where something asked for needs it; the body is the plain payload otherwise. */
  AUTO,
  /** Around every body, so that workers see headers and callers structured failures throughout. */
  ALWAYS,
  /** Never written, never looked for; what would need it is refused. */
  NEVER
}
