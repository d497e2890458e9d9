/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.QueueOptions;
import io.taskwire.TaskQueue;
import io.taskwire.spi.OneLoopVertx;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/** A queue on one event loop, as it is if it is opened without a Vert.x instance, and the way onto that loop. */
final class LoopQueue implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Vertx vertx = OneLoopVertx.create();
  private final TaskQueue queue;

  LoopQueue(String brokerUri) {
    queue = TaskQueue.open(vertx, QueueOptions.of(brokerUri));
  }

  TaskQueue queue() {
    return queue;
  }

  /** Where the queue's callbacks are called. */
  Context context() {
    Promise<Context> context = Promise.promise();
    // On an instance that it does not own, the queue calls back on its loop even if the answer is
    // there already.
    queue
        .ping()
        .onSuccess(pong -> {
          Context current = Vertx.currentContext();
          if (current == null) {
            context.fail("the callback of a ping was called on a plain thread");
          } else {
            context.complete(current);
          }
        })
        .onFailure(context::fail);
    return Waiting.on(context.future(), LIMIT);
  }

  @Override
  public void close() {
    queue.close();
    Waiting.on(vertx.close(), LIMIT);
  }
}
