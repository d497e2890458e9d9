/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;

/** Tasks without a response, until the broker has accepted all of them, a window of them not yet accepted. */
final class Submits extends Window<String> {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  private final TaskQueue queue;
  private final TaskType<byte[], byte[]> task;
  private final long count;

  private Submits(TaskQueue queue, String name, int window, long count) {
    super(window, Payload.SIZE);
    this.queue = queue;
    this.task = Payload.task(name);
    this.count = count;
  }

  static Measurement run(Context loop, TaskQueue queue, String name, int window, long count) {
    return new Submits(queue, name, window, count).run(loop, LONG_ENOUGH);
  }

  @Override
  Future<String> submit(byte[] payload) {
    return queue.send(task, payload);
  }

  @Override
  void check(String id, long number) {
    if (id.isEmpty()) {
      throw new IllegalStateException("task " + number + " was accepted without an id");
    }
  }

  @Override
  boolean goesOn(long alreadySubmitted, long elapsedNanos) {
    return alreadySubmitted < count;
  }
}
