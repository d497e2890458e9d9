/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.TaskQueue;

/** Caller and worker whose broker is chosen outside, by {@code TASKWIRE_URL}. */
public final class AnyBackend {

  public static void main(String[] args) {
    // region main
    // TASKWIRE_URL=memory:, gearman://localhost, beanstalk://localhost or amqp://localhost
    try (TaskQueue queue = TaskQueue.open()) {
      queue.on(
          "reverse", String.class, text -> new StringBuilder(text).reverse().toString());
      queue.start().await();
      System.out.println(queue.call("reverse", "hello", String.class).await());
    }
    // endregion
  }
}
