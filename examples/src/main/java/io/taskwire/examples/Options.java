/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.Backoff;
import io.taskwire.InvalidOptionException;
import io.taskwire.QueueOptions;
import io.taskwire.TaskQueue;
import java.time.Duration;

/** Where options come from, and how strictly they are read. */
public final class Options {

  public static void main(String[] args) {
    // region builder
    QueueOptions options = QueueOptions.builder()
        .uri("memory:orders?concurrency=2") // any option may stand in the URI
        .retry(Duration.ofSeconds(1))
        .retryBackoff(Backoff.EXPONENTIAL)
        .resultTimeout(Duration.ofMinutes(5))
        .drainTimeout(Duration.ofSeconds(10))
        .set("memory.maxTasks", "1000") // a transport's own
        .build();
    // endregion
    try (TaskQueue queue = TaskQueue.open(options)) {
      queue.ping().await();
      System.out.println(options);
    }

    // Nearest wins: builder, URI, -Dtaskwire.…, TASKWIRE_…, taskwire.properties, default.
    try {
      TaskQueue.open("memory:?maxInflight=10");
    } catch (InvalidOptionException e) {
      System.out.println(e.key() + " is unknown; did you mean " + e.suggestion() + "?");
    }
    try {
      TaskQueue.open("memory:?retry=soon");
    } catch (InvalidOptionException e) {
      System.out.println(e.getMessage());
    }
  }
}
