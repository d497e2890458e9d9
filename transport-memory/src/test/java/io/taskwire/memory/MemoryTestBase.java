/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.FailureCode;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Option;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** One Vert.x a class, and queues that are closed after each test. */
abstract class MemoryTestBase {

  static final Failure FAILURE =
      new Failure(FailureCode.HANDLER, "java.lang.Exception", "no", "more");

  private static Vertx vertx;
  private final Deque<QueueSide> open = new ArrayDeque<>();

  @BeforeAll
  static void start_vertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close_vertx() {
    QueueSide.within(vertx.close());
  }

  @AfterEach
  void close_queues() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  QueueSide open() {
    return open("");
  }

  QueueSide open(String name) {
    return open(name, Map.of());
  }

  QueueSide open(String name, Map<Option<?>, String> options) {
    QueueSide queue = QueueSide.open(vertx, name, options);
    open.push(queue);
    return queue;
  }

  void close(QueueSide queue) {
    open.remove(queue);
    queue.close();
  }
}
