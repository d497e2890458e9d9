/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static io.taskwire.memory.QueueSide.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.Priority;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorityTest extends MemoryTestBase {

  @Test
  void higher_priorities_come_first_and_equal_ones_in_order() {
    QueueSide queue = open();
    queue.submit(task("n", "low 1").priority(Priority.LOW));
    queue.submit(task("n", "normal 1"));
    queue.submit(task("n", "high 1").priority(Priority.HIGH));
    queue.submit(task("n", "low 2").priority(Priority.LOW));
    queue.submit(task("n", "normal 2"));
    queue.submit(task("n", "high 2").priority(Priority.HIGH));

    assertThat(handle(queue.work("n"), 6))
        .containsExactly("high 1", "high 2", "normal 1", "normal 2", "low 1", "low 2");
  }

  @Test
  void task_that_is_given_back_keeps_its_place() {
    QueueSide queue = open();
    Worker worker = queue.work("n", 3);
    for (int i = 1; i <= 5; i++) {
      queue.submit("n", "task " + i);
    }
    Worker.Held first = worker.next();
    Worker.Held second = worker.next();
    Worker.Held third = worker.next();
    queue.run(worker.consumer::pause);
    third.giveBack();
    first.giveBack();
    second.giveBack();
    queue.run(worker.consumer::resume);

    assertThat(handle(worker, 5)).containsExactly("task 1", "task 2", "task 3", "task 4", "task 5");
  }

  static List<String> handle(Worker worker, int tasks) {
    List<String> payloads = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      Worker.Held held = worker.next();
      payloads.add(held.payload());
      held.complete("done");
    }
    return payloads;
  }
}
