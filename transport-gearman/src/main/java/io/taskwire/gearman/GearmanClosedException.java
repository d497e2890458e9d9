/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import org.jspecify.annotations.Nullable;

/** The client, worker or admin was closed, or its Vert.x instance was. */
public final class GearmanClosedException extends GearmanException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened, and what to do
   * @param cause why, null if nothing else is behind it
   */
  public GearmanClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
