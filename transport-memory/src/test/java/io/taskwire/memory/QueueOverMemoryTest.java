/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.QueueOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole library over memory, as a user sees it; the kit goes into the details. */
class QueueOverMemoryTest {

  private static final TaskType<Buffer, Buffer> ECHO = TaskType.raw("echo");

  @Test
  void smallest_program_works() {
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.on("my_task", data -> data + " world");
      QueueSide.within(queue.start());

      TaskHandle<String> task = QueueSide.within(queue.task("my_task", "hello", String.class));

      assertThat(QueueSide.within(task.result())).isEqualTo("hello world");
    }
  }

  @Test
  void two_queues_share_a_named_broker_and_survive_lost_sessions() {
    QueueOptions options = QueueOptions.of("memory:dropped?retry=1ms");
    try (MemoryFaults faults = MemoryFaults.inject("dropped");
        TaskQueue worker = TaskQueue.open(options);
        TaskQueue caller = TaskQueue.open(options)) {
      worker.onAsync(ECHO, Future::succeededFuture);
      QueueSide.within(worker.start());
      QueueSide.within(caller.start());
      List<Future<Buffer>> results = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        results.add(caller.call(ECHO, Buffer.buffer("task " + i)));
      }
      for (int i = 0; i < 1_000; i++) {
        assertThat(QueueSide.within(results.get(i))).hasToString("task " + i);
      }

      faults.dropSessions();

      assertThat(QueueSide.within(caller.call(ECHO, Buffer.buffer("after")))).hasToString("after");
    }
  }
}
