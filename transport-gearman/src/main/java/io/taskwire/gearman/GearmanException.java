/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import org.jspecify.annotations.Nullable;

/** What went wrong with a Gearman server, a job or a worker; the root of all exceptions of this package. */
public class GearmanException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, to which job or server, and what to do
   * @param cause why, null if nothing else is behind it
   */
  public GearmanException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
