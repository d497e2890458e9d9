/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Calls from a plain thread that awaits each result before the next call. */
final class OneAtATime {

  private OneAtATime() {}

  static Measurement run(TaskQueue queue, String name, Duration length) {
    TaskType<byte[], byte[]> task = Payload.task(name);
    Histogram latencies = Latencies.histogram();
    byte[] payload = new byte[Payload.SIZE];
    long start = System.nanoTime();
    long now = start;
    for (long number = 0; now - start < length.toNanos(); number++) {
      long before = now;
      Payload.write(payload, number);
      Payload.check(queue.call(task, payload).await(), number, Payload.SIZE);
      now = System.nanoTime();
      Latencies.record(latencies, now - before);
    }
    return Measurement.of(latencies, now - start);
  }
}
