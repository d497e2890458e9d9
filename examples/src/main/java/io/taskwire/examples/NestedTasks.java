/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.Future;

/** A handler that submits tasks itself and awaits them. */
public final class NestedTasks {

  static final TaskType<Integer, Long> SQUARE = TaskType.of("square", Integer.class, Long.class);
  static final TaskType<Integer, Long> SUM =
      TaskType.of("sum-of-squares", Integer.class, Long.class);

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.on(SQUARE, n -> (long) n * n);
      // Two names, two sets of handler slots: parents that wait never take the children's. A task
      // that awaits tasks of its own name needs more concurrency than it is deep.
      queue.on(SUM, n -> {
        Future<Long> sum = Future.succeededFuture(0L);
        for (int i = 1; i <= n; i++) {
          Future<Long> square = queue.call(SQUARE, i); // all of them at once
          sum = sum.compose(before -> square.map(value -> before + value));
        }
        return sum.await(); // a handler's thread may wait
      });
      queue.start().await();

      System.out.println(queue.call(SUM, 10).await());
    }
  }
}
