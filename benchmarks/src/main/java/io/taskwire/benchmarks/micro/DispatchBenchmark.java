/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks.micro;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From a call to its result on a queue in memory, with nothing to serialize: what the engine does for a task. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DispatchBenchmark {

  private static final int CALLS = 256;
  private static final int SIZE = 64;

  private final TaskQueue queue = TaskQueue.open("memory:");
  private final TaskType<Buffer, Buffer> onLoop = TaskType.raw("on-loop");
  private final TaskType<Buffer, Buffer> blocking = TaskType.raw("blocking");
  private final Buffer body = Buffer.buffer(new byte[SIZE]);

  /** Starts the handlers. */
  public DispatchBenchmark() {
    queue.onAsync(onLoop, Future::succeededFuture);
    queue.on(blocking, bytes -> bytes);
    queue.start().await();
  }

  /**
   * A handler on the event loop.
   *
   * @return the last result
   */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public Buffer handlerOnTheEventLoop() {
    return call(onLoop);
  }

  /**
   * A handler on a thread of its own.
   *
   * @return the last result
   */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public Buffer blockingHandler() {
    return call(blocking);
  }

  private Buffer call(TaskType<Buffer, Buffer> task) {
    List<Future<Buffer>> results = new ArrayList<>(CALLS);
    for (int i = 0; i < CALLS; i++) {
      results.add(queue.call(task, body));
    }
    Buffer last = body;
    for (Future<Buffer> result : results) {
      last = result.await();
    }
    return last;
  }

  /** Ends the queue. */
  @TearDown
  public void close() {
    queue.close();
  }
}
