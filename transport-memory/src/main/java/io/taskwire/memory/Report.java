/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Progress, or a chunk, on its way to the callers of a task. The worker may send the next when the last caller has heard
 * it, so that a fast worker cannot fill the inbox of a slow caller. Under the broker's lock but for what callers hear.
 */
final class Report {

  private final Port worker;
  private final long done;
  private final long total;
  private final byte @Nullable [] chunk;
  private final Promise<Void> heard = Promise.promise();
  private int awaited;

  private Report(Port worker, long done, long total, byte @Nullable [] chunk) {
    this.worker = worker;
    this.done = done;
    this.total = total;
    this.chunk = chunk;
  }

  static Report ofProgress(Port worker, long done, long total) {
    return new Report(worker, done, total, null);
  }

  static Report ofData(Port worker, Buffer chunk) {
    return new Report(worker, 0, 0, chunk.getBytes());
  }

  /** Posts it to all callers of a task. */
  Future<Void> send(MemoryTask task) {
    for (Caller caller = task.callers(); caller != null; caller = caller.next) {
      Caller listening = caller;
      if (caller.port.post(() -> deliver(listening))) {
        awaited++;
      }
    }
    return awaited == 0 ? Future.succeededFuture() : heard.future();
  }

  private void deliver(Caller caller) {
    try {
      if (chunk == null) {
        caller.progress(done, total);
      } else {
        caller.data(Buffer.buffer(chunk));
      }
    } finally {
      worker.broker.enter();
      try {
        if (--awaited == 0) {
          worker.post(() -> heard.complete(null));
        }
      } finally {
        worker.broker.exit();
      }
    }
  }
}
