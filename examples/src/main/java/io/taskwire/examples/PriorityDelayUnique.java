/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.Priority;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Urgent tasks first, delayed ones later, and equal ones only once. */
public final class PriorityDelayUnique {

  static final TaskType<String, String> PRINT = TaskType.of("print", String.class, String.class);

  public static void main(String[] args) {
    SubmitOptions plain = SubmitOptions.create();
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      // Submitting needs no start: the tasks wait at the broker until the handler is there.
      List<Future<String>> all = new ArrayList<>();
      all.add(submit(queue, "delayed", plain.delay(Duration.ofSeconds(1))));
      all.add(submit(queue, "low", plain.priority(Priority.LOW)));
      all.add(submit(queue, "normal", plain));
      all.add(submit(queue, "high", plain.priority(Priority.HIGH)));

      // The second joins the first, which still waits: one task, and each caller gets its result.
      all.add(submit(queue, "unique", plain.unique("the one")));
      all.add(submit(queue, "unique, again", plain.unique("the one")));

      queue.onAsync(PRINT, text -> {
        System.out.println("printing " + text);
        return Future.succeededFuture(text);
      });
      queue.start().await();
      Future.all(all).await();
      System.out.println(
          "the last two got: " + all.get(4).result() + ", " + all.get(5).result());
    }
  }

  private static Future<String> submit(TaskQueue queue, String text, SubmitOptions options) {
    TaskHandle<String> accepted = queue.task(PRINT, text, options).await();
    return accepted.result();
  }
}
