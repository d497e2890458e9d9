/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.HandlerOptions;
import io.taskwire.QueueOptions;
import io.taskwire.Registration;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A queue that does what its resources are measured by. */
final class Probe implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int CONCURRENCY = 64;
  private static final int BURST = 2_000;
  private static final int MOST_WAITING = 2_000_000;

  private final TaskQueue queue;
  private final Map<String, List<Registration>> served = new HashMap<>();
  private final byte[] payload = new byte[Payload.SIZE];
  private int waiting;

  /** Of those that are waited for; counted on the event loop, and read by who asks. */
  private final AtomicInteger ended = new AtomicInteger();

  /** One for all, so that nothing of what is measured is the caller's own. */
  private final Handler<AsyncResult<byte[]>> onEnd = result -> ended.incrementAndGet();

  Probe(String brokerUri) {
    queue = TaskQueue.open(
        QueueOptions.builder().uri(brokerUri).maxAwaiting(MOST_WAITING).build());
  }

  /** Answers tasks of exactly so many names, which begin like this and end in a number, with their own payloads. */
  void serve(String prefix, int names) {
    List<Registration> handlers = served.computeIfAbsent(prefix, first -> new ArrayList<>());
    for (int number = handlers.size(); number < names; number++) {
      handlers.add(register(task(prefix, number)));
    }
    Waiting.on(queue.start(), LIMIT);
    handlers.forEach(handler -> Waiting.on(handler.live(), LIMIT));
    List<Registration> tooMany = handlers.subList(names, handlers.size());
    tooMany.stream().map(Registration::remove).toList().forEach(end -> Waiting.on(end, LIMIT));
    tooMany.clear();
  }

  private Registration register(TaskType<byte[], byte[]> task) {
    return queue.onAsync(task, HandlerOptions.create().concurrency(CONCURRENCY), payload -> {
      Payload.check(payload);
      return Future.succeededFuture(payload);
    });
  }

  /** Submits tasks that nobody handles until so many results are waited for, and the broker has accepted all of them. */
  void await(String name, int count) {
    TaskType<byte[], byte[]> task = Payload.task(name);
    while (waiting < count) {
      int more = Math.min(BURST, count - waiting);
      for (int i = 1; i < more; i++) {
        Payload.write(payload, waiting++);
        queue.call(task, payload).onComplete(onEnd);
      }
      // Those of one thread are accepted in order, so that the last speaks for all.
      Payload.write(payload, waiting++);
      Future<TaskHandle<byte[]>> last = queue.task(task, payload);
      Waiting.on(last, LIMIT).result().onComplete(onEnd);
    }
    if (ended.get() > 0) {
      throw new IllegalStateException(ended + " tasks ended, though nobody handles them");
    }
  }

  /** Calls so many such names in turns from so many threads, waits for the results, and gives their number. */
  int call(String prefix, int names, int threads, int count) {
    List<TaskType<byte[], byte[]>> tasks =
        IntStream.range(0, names).mapToObj(number -> task(prefix, number)).toList();
    return Callers.run(queue, tasks, threads, count);
  }

  private static TaskType<byte[], byte[]> task(String prefix, int number) {
    return Payload.task(prefix + "-" + number);
  }

  @Override
  public void close() {
    queue.close();
  }
}
