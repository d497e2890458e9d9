/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import org.jspecify.annotations.Nullable;

/** An answer or an end did not come in time. What was asked may have been done all the same. */
public final class GearmanTimeoutException extends GearmanException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, and what to do
   * @param cause why, null if nothing else is behind it
   */
  public GearmanTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
