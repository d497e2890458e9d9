/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for futures on threads where {@link Future#await()} is refused although waiting is fine. */
final class FutureBridge {

  private FutureBridge() {}

  /** Waits; the failure is thrown as it is. */
  static <T> T await(Future<T> future) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          "this is an event loop, and waiting would stop it: compose the future (map,"
              + " compose, onSuccess), or call from a blocking handler, a virtual thread or executeBlocking");
    }
    if (!Context.isOnWorkerThread()) {
      return future.await();
    }
    CompletableFuture<T> done = new CompletableFuture<>();
    // A mapping runs where the future completes. A listener would run on the future's context,
    // which is the worker that
    // waits here.
    future.transform(result -> {
      if (result.succeeded()) {
        done.complete(result.result());
      } else {
        done.completeExceptionally(result.cause());
      }
      return Future.succeededFuture();
    });
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a task's future", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
