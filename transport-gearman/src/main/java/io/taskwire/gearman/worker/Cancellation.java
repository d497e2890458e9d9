/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** Tells whoever works on a job that going on is of no use. The loop sets it, any thread asks. */
final class Cancellation {

  private volatile boolean set;

  /** Guarded by this; made when somebody asks, because hardly anybody does. */
  private @Nullable Promise<Void> promise;

  boolean isSet() {
    return set;
  }

  void set() {
    Promise<Void> waiting;
    synchronized (this) {
      set = true;
      waiting = promise;
    }
    if (waiting != null) {
      waiting.tryComplete();
    }
  }

  /** Completes when it is set; the same each time. */
  synchronized Future<Void> future() {
    if (promise == null) {
      promise = Promise.promise();
      if (set) {
        promise.complete();
      }
    }
    return promise.future();
  }
}
