/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.Future;
import java.time.Duration;

/** Calls whose results come back, a window of them under way, for a length of time. */
final class RoundTrips extends Window<byte[]> {

  private final TaskQueue queue;
  private final TaskType<byte[], byte[]> task;
  private final Duration length;

  private RoundTrips(TaskQueue queue, String name, int window, Duration length) {
    super(queue, window);
    this.queue = queue;
    this.task = Payload.task(name);
    this.length = length;
  }

  static Measurement run(TaskQueue queue, String name, int window, Duration length) {
    return new RoundTrips(queue, name, window, length).run(length);
  }

  @Override
  Future<byte[]> submit(byte[] payload) {
    return queue.call(task, payload);
  }

  @Override
  void check(byte[] answer, long number) {
    Payload.check(answer, number);
  }

  @Override
  boolean goesOn(long alreadySubmitted, long elapsedNanos) {
    return elapsedNanos < length.toNanos();
  }
}
