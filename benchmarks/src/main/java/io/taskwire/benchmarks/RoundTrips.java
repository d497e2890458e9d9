/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;

/** Calls whose results come back, a window of them under way, for a length of time. */
final class RoundTrips extends Window<byte[]> {

  private final TaskQueue queue;
  private final TaskType<byte[], byte[]> task;
  private final int size;
  private final Duration length;

  private RoundTrips(TaskQueue queue, String name, int window, int size, Duration length) {
    super(window, size);
    this.queue = queue;
    this.task = Payload.task(name);
    this.size = size;
    this.length = length;
  }

  static Measurement run(
      Context loop, TaskQueue queue, String name, int window, int size, Duration length) {
    return new RoundTrips(queue, name, window, size, length).run(loop, length);
  }

  @Override
  Future<byte[]> submit(byte[] payload) {
    return queue.call(task, payload);
  }

  @Override
  void check(byte[] answer, long number) {
    Payload.check(answer, number, size);
  }

  @Override
  boolean goesOn(long alreadySubmitted, long elapsedNanos) {
    return elapsedNanos < length.toNanos();
  }
}
