/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import static io.taskwire.Raw.RAW;

import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** What aioqueue's README shows, in its order. Callers and workers on aioqueue can take either part in it. */
public final class AioqueueReadme {

  public static void main(String[] args) {
    String broker = args.length == 0 ? "amqp://localhost" : args[0];

    // region open
    TaskQueue queue = TaskQueue.open(broker + "?retry=10s"); // amqp://localhost?retry=10s
    // endregion

    // region define
    queue.on("my_task", data -> {
      Object message = ((Map<?, ?>) data).get("message");
      System.out.println(message);
      return "world";
    });
    // endregion
    // region raw-worker
    queue.on("raw_task", RAW, bytes -> {
      System.out.println(bytes); // a Buffer
      return Buffer.buffer();
    });
    // endregion

    // region start
    queue.start().await(); // or compose the Future, on an event loop
    // endregion

    // region trigger
    TaskHandle<?> task = queue.task("my_task", Map.of("message", "hello")).await();
    // endregion
    // region result
    Object result = task.result().await();
    // endregion
    System.out.println(result);
    // region raw
    queue.call("raw_task", RAW, Buffer.buffer("Hello")).await();
    // endregion
    // region no-response
    String id = queue.send("another_task", Map.of("message", "bye")).await();
    // endregion
    System.out.println("accepted: " + !id.isEmpty());

    // region close
    queue.close();
    // endregion

    with(broker);
  }

  private static void with(String broker) {
    // region with
    try (TaskQueue queue = TaskQueue.open(broker)) {
      queue.on("my_task", data -> data);
      queue.start().await();
      TaskHandle<?> task = queue.task("my_task", Map.of("message", "Go")).await();
      System.out.println(task.result().await());
    }
    // endregion
  }
}
