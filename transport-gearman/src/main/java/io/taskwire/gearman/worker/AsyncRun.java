/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.AsyncJobHandler;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** An asynchronous handler at work on one job, on the event loop. */
final class AsyncRun {

  private final Worker worker;
  private final Job job;
  private final AsyncJobHandler handler;

  AsyncRun(Worker worker, Job job, AsyncJobHandler handler) {
    this.worker = worker;
    this.job = job;
    this.handler = handler;
  }

  void start() {
    Future<?> result;
    HandlerRun.CURRENT.set(worker);
    try {
      worker.hooks().before(job);
      result = handler.handle(job);
      if (result == null) {
        throw new NullPointerException(
            "an asynchronous handler returned null in place of a future");
      }
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      result = Future.failedFuture(e);
    } finally {
      HandlerRun.CURRENT.set(null);
    }
    result.onComplete(ended -> worker
        .loop()
        .run(() -> returned(ended.succeeded() ? ended.result() : null, ended.cause())));
  }

  private void returned(@Nullable Object value, @Nullable Throwable failure) {
    if (!job.isInHands()) {
      return; // out of time before
    }
    Buffer result = null;
    Throwable cause = failure;
    if (cause == null && (value != null || job.isOpen())) {
      try {
        result = worker.values().encode(value);
      } catch (RuntimeException | StackOverflowError e) {
        cause = e;
      }
    }
    if (cause != null) {
      worker.hooks().failed(job, cause);
    }
    worker.hooks().after(job);
    job.returned(result, cause);
  }
}
