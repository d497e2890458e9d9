/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.vertx.core.Future;

/** Where a connection comes from for those who need one now and then. All calls belong to the event loop. */
public interface ConnectionSource {

  /** Gives a connection; fails if there is none and none can be made. */
  Future<GearmanConnection> connection();

  /** Frees what the source has of its own. Completes when that is done; does not fail. */
  Future<Void> close();
}
