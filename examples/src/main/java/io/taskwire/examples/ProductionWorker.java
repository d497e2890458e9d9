/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.HandlerOptions;
import io.taskwire.QueueOptions;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import java.time.Duration;

/** A worker process: it runs until it is told to stop, and then finishes what it has begun. */
public final class ProductionWorker {

  static final TaskType<Integer, String> WORK = TaskType.of("work", Integer.class, String.class);

  public static void main(String[] args) {
    QueueOptions options = QueueOptions.builder() // the broker comes from TASKWIRE_URL
        .drainTimeout(Duration.ofSeconds(20)) // less than the orchestrator grants before SIGKILL
        .build();
    TaskQueue queue = TaskQueue.open(options);
    queue.on(
        WORK,
        HandlerOptions.create().concurrency(4).timeLimit(Duration.ofMinutes(5)),
        ProductionWorker::work);

    // region stop
    // SIGTERM: takes no more tasks, finishes the running ones, answers their callers, closes.
    Runtime.getRuntime().addShutdownHook(new Thread(queue::close));
    queue.start().await(); // waits for the broker as long as it takes
    // endregion
    System.out.println("ready");
  } // the queue's event loop keeps the process alive

  private static String work(int millis) throws InterruptedException {
    System.out.println("working");
    Thread.sleep(millis); // stands for real work
    return "done after " + millis + " ms";
  }
}
