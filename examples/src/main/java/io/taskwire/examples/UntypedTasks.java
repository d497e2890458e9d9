/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.TaskQueue;
import java.util.List;
import java.util.Map;

/** Tasks without Java types: what the serializer makes of the payload is what the handler gets. */
public final class UntypedTasks {

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.on("describe", data -> data.getClass().getSimpleName() + " " + data);
      queue.start().await();

      System.out.println(queue.call("describe", "hello").await());
      System.out.println(queue.call("describe", 42).await());
      System.out.println(queue.call("describe", List.of(1, "two", 3.5)).await());
      System.out.println(queue.call("describe", Map.of("tenant", 7)).await());
    }
  }
}
