/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.TaskTimeoutException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * A wait for a result that is shorter than the result's own limit.
 *
 * @param <O> the result
 */
final class ResultWait<O> extends TimedTask {

  private final PendingTask<O> task;
  private final Duration limit;
  private final Promise<O> promise;

  ResultWait(PendingTask<O> task, Duration limit, Promise<O> promise) {
    this.task = task;
    this.limit = limit;
    this.promise = promise;
  }

  Future<O> future() {
    return promise.future();
  }

  @Override
  void runOnLoop() {
    task.wheel().add(this, limit);
    task.result()
        .onComplete(
            result -> { // on the context of whoever submitted the task
              complete(result);
              task.loop().run(() -> task.wheel().remove(this));
            });
  }

  @Override
  void loopEnded() {
    task.result().onComplete(this::complete);
  }

  private void complete(AsyncResult<O> result) {
    if (result.succeeded()) {
      Answers.succeed(promise, result.result());
    } else {
      Answers.fail(promise, result.cause());
    }
  }

  @Override
  void expired() {
    Answers.fail(
        promise,
        new TaskTimeoutException(
            "no result within the " + limit.toMillis() / 1000.0
                + " s of this wait; the task goes on",
            task.taskName(),
            task.id(),
            null));
  }
}
