/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.SubmitOptions;
import io.taskwire.TaskQueue;

/** Headers beside the payload, for what is not part of the task itself: traces, tenants. */
public final class TraceHeaders {

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.on("greet", String.class, (name, context) -> {
        String tenant = context.headers().getOrDefault("tenant", "nobody");
        return "hello " + name + " of tenant " + tenant;
      });
      queue.start().await();

      SubmitOptions headers =
          SubmitOptions.create().header("tenant", "7").header("traceparent", "00-4bf9-00f0-01");
      System.out.println(
          queue.task("greet", "Ann", String.class, headers).await().result().await());
      System.out.println(queue.call("greet", "Bob", String.class).await());
    }
  }
}
