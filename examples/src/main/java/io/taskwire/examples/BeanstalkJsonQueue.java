/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.SubmitOptions;
import io.taskwire.TaskQueue;
import io.taskwire.TaskReject;
import io.taskwire.TaskRetry;
import io.taskwire.TaskType;
import io.taskwire.beanstalk.JsonTask;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A queue that takes what callers on aio-beanstalk put, and puts what their workers take. */
public final class BeanstalkJsonQueue {

  private static final TaskType<JsonTask, Void> CALLS =
      TaskType.of("default", JsonTask.class, Void.class);
  private static final CountDownLatch DONE = new CountDownLatch(2);

  public static void main(String[] args) throws InterruptedException {
    String server = args.length == 0 ? "beanstalk://localhost:11300" : args[0];
    // region queue
    try (TaskQueue queue = TaskQueue.open(server + "?serializer=json-task&envelope=never")) {
      queue.on(CALLS, (task, context) -> run(task, context.attempt().orElse(1)));
      queue.start().await();

      SubmitOptions soon = SubmitOptions.noResponse().delay(Duration.ofSeconds(1));
      queue
          .send(CALLS, JsonTask.of("greet", "Ann").with("language", "de"), soon)
          .await();
      queue.send(CALLS, JsonTask.of("fail")).await();
      DONE.await();
    }
    // endregion
  }

  // region handler
  private static @Nullable Void run(JsonTask task, int attempt) {
    System.out.println(task + ", attempt " + attempt);
    switch (task.name()) {
      case "greet" -> DONE.countDown();
      case "fail" -> {
        if (attempt < 2) {
          throw TaskRetry.after(Duration.ofSeconds(2L * attempt));
        }
        DONE.countDown();
        throw TaskReject.deadLetter("it has failed too often"); // buried
      }
      default -> throw TaskReject.deadLetter("there is no task " + task.name());
    }
    return null;
  }
  // endregion
}
