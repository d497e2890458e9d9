/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;

public final class Hello {

  record Message(String message) {}

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) { // returns at once, connects behind
      queue.on("my_task", Message.class, m -> m.message() + " world"); // may block
      queue.start().await(); // connected, every handler live

      TaskHandle<String> task =
          queue.task("my_task", new Message("hello"), String.class).await();
      System.out.println(task.result().await());
    } // lets handlers finish, then closes
  }
}
