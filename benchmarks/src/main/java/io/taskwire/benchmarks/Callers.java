/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Calls from plain threads. Each has two bursts under way and waits for the older one before it begins the next, so that
 * a thread is woken once a burst, and what is measured is the queue's work and not the system's.
 */
final class Callers {

  /** Of all threads together, so that it does not change with their number. */
  static final int IN_FLIGHT = 8_192;

  private static final int LIMIT_SECONDS = 60;

  private final TaskQueue queue;
  private final List<TaskType<byte[], byte[]>> tasks;
  private final int burst;

  private Callers(TaskQueue queue, List<TaskType<byte[], byte[]>> tasks, int burst) {
    this.queue = queue;
    this.tasks = tasks;
    this.burst = burst;
  }

  /**
   * Calls these tasks in turns, at least so often in all; ends when all results have come and been checked.
   *
   * @return how many calls it were: each thread makes whole bursts
   */
  static int run(TaskQueue queue, List<TaskType<byte[], byte[]>> tasks, int threads, int count) {
    Callers callers = new Callers(queue, tasks, IN_FLIGHT / 2 / threads);
    int bursts = (count - 1) / (threads * callers.burst) + 1;
    if (threads == 1) {
      callers.call(bursts);
    } else {
      IntStream.range(0, threads)
          .mapToObj(number -> CompletableFuture.runAsync(
              () -> callers.call(bursts), work -> new Thread(work, "caller-" + number).start()))
          .toList()
          .forEach(CompletableFuture::join);
    }
    return threads * bursts * callers.burst;
  }

  private void call(int bursts) {
    Burst older = new Burst(0);
    older.submit();
    for (int i = 1; i < bursts; i++) {
      Burst newer = new Burst((long) i * burst);
      newer.submit();
      older.join();
      older = newer;
    }
    older.join();
  }

  /** Calls whose payloads are numbered from here on. */
  private final class Burst implements Handler<AsyncResult<byte[]>> {

    private final long first;
    private final CountDownLatch open = new CountDownLatch(burst);

    /** Of the numbers that came back; written on the event loop, read when all have come. */
    private long sum;

    private @Nullable Throwable failure;

    Burst(long first) {
      this.first = first;
    }

    void submit() {
      byte[] payload = new byte[Payload.SIZE];
      for (int i = 0; i < burst; i++) {
        Payload.write(payload, first + i);
        queue.call(tasks.get((int) ((first + i) % tasks.size())), payload).onComplete(this);
      }
    }

    @Override
    public void handle(AsyncResult<byte[]> answer) {
      if (answer.succeeded()) {
        sum += Payload.check(answer.result());
      } else {
        failure = answer.cause();
      }
      open.countDown();
    }

    void join() {
      try {
        if (!open.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("no answer within " + LIMIT_SECONDS + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      if (failure != null) {
        throw new IllegalStateException(failure);
      }
      if (sum != burst * first + burst * (burst - 1L) / 2) {
        throw new IllegalStateException("replies have other tasks' payloads");
      }
    }
  }
}
