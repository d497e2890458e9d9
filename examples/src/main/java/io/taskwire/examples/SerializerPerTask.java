/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.QueueOptions;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import java.util.Map;

/** JSON for one task, or for the whole queue, in place of msgpack. */
public final class SerializerPerTask {

  record Order(String id, long cents) {}

  static final TaskType<Order, Order> ECHO =
      TaskType.of("echo", Order.class, Order.class).withSerializer("json");

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) { // msgpack by default
      queue.on(ECHO, order -> order);
      queue.start().await();
      System.out.println(queue.call(ECHO, new Order("A-1", 900)).await());
    }

    QueueOptions json = QueueOptions.builder().uri("memory:").serializer("json").build();
    try (TaskQueue queue = TaskQueue.open(json)) {
      queue.on("keys", Map.class, map -> map.keySet());
      queue.start().await();
      System.out.println(queue.call("keys", Map.of("id", "A-1")).await());
    }
  }
}
