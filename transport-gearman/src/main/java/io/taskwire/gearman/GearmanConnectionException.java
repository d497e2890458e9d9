/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import org.jspecify.annotations.Nullable;

/** The connection to a server was lost, or failed, before it answered. */
public final class GearmanConnectionException extends GearmanException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, and what to do
   * @param cause why, null if nothing else is behind it
   */
  public GearmanConnectionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
