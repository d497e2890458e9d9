/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.QueueOptions;
import io.taskwire.TaskQueue;
import io.taskwire.spi.OneLoopVertx;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The load of a Taskwire queue, on one event loop, as a queue has if it is opened without a Vert.x instance. */
final class QueueLoad implements Load {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx = OneLoopVertx.create();
  private final Context loop = vertx.getOrCreateContext();
  private final TaskQueue queue;
  private final boolean blocking;

  /** Its handlers are blocking code or asynchronous. */
  QueueLoad(String brokerUri, boolean blocking) {
    this.queue = TaskQueue.open(vertx, QueueOptions.of(brokerUri));
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
    return RoundTrips.run(loop, queue, name, window, size, length);
  }

  @Override
  public Measurement oneAtATime(String name, Duration length) {
    return OneAtATime.run(queue, name, length);
  }

  @Override
  public Measurement openLoop(String name, long perSecond, Duration length) {
    return OpenLoop.run(loop, queue, name, perSecond, length);
  }

  @Override
  public Measurement submits(String name, int window, int count) {
    return Submits.run(loop, queue, name, window, count);
  }

  @Override
  public Measurement drain(String name, int concurrency, int count) {
    return Echo.drain(queue, name, concurrency, count);
  }

  @Override
  public void close() {
    queue.close();
    Waiting.on(vertx.close(), LIMIT);
  }
}
