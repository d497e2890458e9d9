/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/** A wait for a job was ended by {@link GearmanWorker#stopWaiting} or {@link GearmanWorker#withdraw}. No job is lost by it. */
public final class WaitStoppedException extends GearmanException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what happened
   */
  public WaitStoppedException(String message) {
    super(message, null);
  }
}
