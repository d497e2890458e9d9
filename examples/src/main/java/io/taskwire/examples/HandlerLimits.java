/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.HandlerOptions;
import io.taskwire.Registration;
import io.taskwire.RemoteTaskException;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** How one handler is run: how often at once, for how long. And how it is taken away again. */
public final class HandlerLimits {

  static final TaskType<String, String> RENDER = TaskType.of("render", String.class, String.class);

  public static void main(String[] args) {
    HandlerOptions limits =
        HandlerOptions.create().concurrency(2).timeLimit(Duration.ofMillis(100)).maxAttempts(3);
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      Registration render = queue.on(RENDER, limits, text -> {
        new CountDownLatch(1).await(); // hangs, until it is interrupted at the time limit
        return text;
      });
      queue.start().await();
      try {
        queue.call(RENDER, "a page").await();
      } catch (RemoteTaskException e) {
        System.out.println(e.code() + ": " + e.remoteMessage());
      }

      render.remove().await(); // the name is free again; registering works while it runs
      queue.on(RENDER, text -> text + ", rendered").live().await();
      System.out.println(queue.call(RENDER, "a page").await());
    }
  }
}
