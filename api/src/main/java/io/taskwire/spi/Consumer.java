/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.Future;

/** Takes tasks of one name from the broker until it is closed or lost. */
public interface Consumer {

  /** Takes no new tasks until {@link #resume()}; those being handled go on. */
  void pause();

  /** Takes tasks again. */
  void resume();

  /**
   * Stops taking tasks, for good, and gives back what was taken but not yet delivered.
   *
   * @return completes when every delivery is settled and the broker has taken note of it; if the consumer is lost or
   *     closed before, it completes too. The caller limits the wait.
   */
  Future<Void> drain();

  /**
   * Ends the consumer at once. The broker gets back what is not settled; the lease of those deliveries is lost.
   *
   * @return completes when nothing of it is left; does not fail
   */
  Future<Void> close();
}
