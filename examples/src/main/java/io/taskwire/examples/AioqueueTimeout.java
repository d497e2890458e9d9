/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskTimeoutException;
import java.time.Duration;

/** The two programs in aioqueue's examples, worker1.py and new_task1.py, in one, and not as slow. */
public final class AioqueueTimeout {

  public static void main(String[] args) {
    String broker = args.length == 0 ? "amqp://localhost" : args[0];
    try (TaskQueue worker = TaskQueue.open(broker);
        TaskQueue caller = TaskQueue.open(broker)) {
      // region worker
      worker.on("slow_task", String.class, message -> {
        Thread.sleep(100); // stands for work; other tasks of the name are handled meanwhile
        return "Hello, " + message;
      });
      worker.on("will_timeout", String.class, message -> {
        Thread.sleep(1000);
        return "never will see this";
      });
      worker.start().await();
      // endregion

      // region caller
      TaskHandle<String> hello = caller.task("slow_task", "world", String.class).await();
      TaskHandle<String> late = caller.task("will_timeout", "foo", String.class).await();
      System.out.println("Result of slow_task: " + hello.result().await());
      try {
        late.result(Duration.ofMillis(200)).await();
      } catch (TaskTimeoutException e) {
        System.out.println("Timed out waiting for result. As expected.");
      }
      // endregion
    }
  }
}
