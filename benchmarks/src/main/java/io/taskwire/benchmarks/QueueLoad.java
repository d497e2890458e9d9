/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.TaskQueue;
import java.time.Duration;

/** The load of a Taskwire queue. */
final class QueueLoad implements Load {

  private final LoopQueue opened;
  private final TaskQueue queue;
  private final boolean blocking;

  /** Its handlers are blocking code or asynchronous. */
  QueueLoad(String brokerUri, boolean blocking) {
    this.opened = new LoopQueue(brokerUri);
    this.queue = opened.queue();
    this.blocking = blocking;
  }

  @Override
  public void serve(String name, int concurrency) {
    if (blocking) {
      Echo.serveBlocking(queue, name, concurrency);
    } else {
      Echo.serve(queue, name, concurrency);
    }
  }

  @Override
  public Measurement roundTrips(String name, int window, int size, Duration length) {
    return RoundTrips.run(opened.context(), queue, name, window, size, length);
  }

  @Override
  public Measurement oneAtATime(String name, Duration length) {
    return OneAtATime.run(queue, name, length);
  }

  @Override
  public Measurement openLoop(String name, long perSecond, Duration length) {
    return OpenLoop.run(opened.context(), queue, name, perSecond, length);
  }

  @Override
  public Measurement submits(String name, int window, int count) {
    return Submits.run(opened.context(), queue, name, window, count);
  }

  @Override
  public Measurement drain(String name, int concurrency, int count) {
    return Echo.drain(queue, name, concurrency, count);
  }

  @Override
  public void close() {
    opened.close();
  }
}
