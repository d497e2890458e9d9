/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import org.jspecify.annotations.Nullable;

/** No server was connected within the time a request waits for one. Nothing was sent: trying again is safe. */
public final class NoServerException extends GearmanException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, and what to do
   * @param cause why, null if nothing else is behind it
   */
  public NoServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
