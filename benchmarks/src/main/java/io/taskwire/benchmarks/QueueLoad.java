/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.TaskQueue;
import java.time.Duration;

/** The load of a Taskwire queue. */
final class QueueLoad implements Load {

  private final TaskQueue queue;

  QueueLoad(String brokerUri) {
    queue = TaskQueue.open(brokerUri);
  }

  @Override
  public void serve(String name, int concurrency) {
    Echo.serve(queue, name, concurrency);
  }

  @Override
  public Measurement roundTrips(String name, int window, Duration length) {
    return RoundTrips.run(queue, name, window, length);
  }

  @Override
  public Measurement oneAtATime(String name, Duration length) {
    return OneAtATime.run(queue, name, length);
  }

  @Override
  public Measurement submits(String name, int window, int count) {
    return Submits.run(queue, name, window, count);
  }

  @Override
  public Measurement drain(String name, int concurrency, int count) {
    return Echo.drain(queue, name, concurrency, count);
  }

  @Override
  public void close() {
    queue.close();
  }
}
