/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.RemoteTaskException;
import io.taskwire.TaskQueue;
import io.taskwire.TaskReject;
import io.taskwire.TaskRetry;
import io.taskwire.TaskType;
import java.time.Duration;

/** A handler that wants the task again later, and one that never wants to see it again. */
public final class RetryAndReject {

  static final TaskType<String, String> FETCH = TaskType.of("fetch", String.class, String.class);

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.on(FETCH, (page, context) -> {
        int attempt = context.attempt().orElse(1); // empty where the broker does not count
        System.out.println("attempt " + attempt + " at " + page);
        if (page.startsWith("mailto:")) {
          throw TaskReject.deadLetter("not a page: " + page); // kept aside, its caller is told
        }
        if (attempt < 3) {
          throw TaskRetry.after(Duration.ofMillis(50)); // its caller goes on waiting
        }
        return "the text of " + page;
      });
      queue.start().await();

      System.out.println(queue.call(FETCH, "https://example.org").await());
      try {
        queue.call(FETCH, "mailto:ann@example.org").await();
      } catch (RemoteTaskException e) {
        System.out.println(e.code() + ": " + e.remoteMessage());
      }
    }
  }
}
