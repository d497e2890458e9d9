/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.SubmitOptions;
import io.taskwire.TaskCancelledException;
import io.taskwire.TaskException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskTimeoutException;
import io.taskwire.TaskType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The ways to stop waiting for a task, and what each does to the task. */
public final class TimeoutsAndCancelling {

  static final TaskType<String, String> SLOW = TaskType.of("slow", String.class, String.class);

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      // Nobody handles "slow" yet: tasks wait at the broker.
      SubmitOptions brief = SubmitOptions.create().timeout(Duration.ofMillis(50));
      await("timeout", queue.task(SLOW, "1", brief).await());

      TaskHandle<String> two = queue.task(SLOW, "2").await();
      try {
        two.result(Duration.ofMillis(50)).await(); // limits this wait alone
      } catch (TaskTimeoutException e) {
        System.out.println(
            "this wait is over, the task is " + two.status().await().state());
      }
      System.out.println("cancelled while queued: " + two.cancel().await());
      await("cancel", two);

      TaskHandle<String> three = queue.task(SLOW, "3").await();
      three.abandon(); // frees what is kept for the result; the task stays where it is
      await("abandon", three);

      queue.on(SLOW, (text, context) -> {
        if (!text.equals("4")) {
          return text; // 1 and 3 still run, and their results are dropped
        }
        running.countDown();
        context.cancelled().await(); // a loop would look at context.isCancelled()
        told.countDown();
        return text;
      });
      queue.start().await();
      TaskHandle<String> four = queue.task(SLOW, "4").await();
      running.await();
      System.out.println("cancelled while running: " + four.cancel().await());
      told.await();
      System.out.println("its handler was told");
    }
  }

  private static void await(String what, TaskHandle<String> task) {
    try {
      task.result().await();
    } catch (TaskTimeoutException | TaskCancelledException e) {
      TaskException failure = e;
      System.out.println(what + ": " + failure.getClass().getSimpleName());
    }
  }
}
