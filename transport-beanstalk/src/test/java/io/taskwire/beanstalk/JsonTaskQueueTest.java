/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.SubmitOptions;
import io.taskwire.TaskQueue;
import io.taskwire.TaskReject;
import io.taskwire.TaskType;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.beanstalk.connection.RawClient;
import io.taskwire.tck.broker.BeanstalkdBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue beside Python programs that put and work on JSON tasks. */
@Timeout(60)
class JsonTaskQueueTest {

  private static final TaskType<JsonTask, Void> CALLS =
      TaskType.of("calls", JsonTask.class, Void.class);

  private final BeanstalkdBroker broker = BeanstalkdBroker.create();

  @BeforeEach
  void start() {
    broker.start();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private TaskQueue open() {
    return TaskQueue.open(broker.url() + "?serializer=json-task&envelope=never");
  }

  @Test
  void a_queue_handles_what_a_python_program_puts() throws InterruptedException {
    LinkedBlockingQueue<JsonTask> handled = new LinkedBlockingQueue<>();
    try (TaskQueue queue = open();
        PythonPeer python = PythonPeer.producer(broker.port(), "calls", 1L << 31, 0, 120)) {
      queue.on(CALLS, task -> {
        handled.add(task);
        return null;
      });
      queue.start().await();
      python.put("[\"grüße\", {\"to\": \"Ann\", \"n\": NaN}, [1, 2.5, null, [\"😀\"]]]");
      assertThat(handled.poll(20, TimeUnit.SECONDS))
          .isEqualTo(JsonTask.of("grüße", 1, 2.5, null, List.of("😀"))
              .with("to", "Ann")
              .with("n", Double.NaN));
      awaitJobs("total-jobs", 1, "current-jobs-reserved", 0);
    }
  }

  @Test
  void what_is_no_json_task_is_buried_and_not_tried_again() {
    try (TaskQueue queue = open();
        RawClient raw = new RawClient(broker.port())) {
      queue.on(CALLS, task -> null);
      queue.start().await();
      raw.put("calls", 60, "{\"not\": \"a list\"}");
      awaitJobs("current-jobs-buried", 1, "current-jobs-ready", 0);
    }
  }

  @Test
  void a_handler_sets_a_python_programs_task_aside() {
    try (TaskQueue queue = open();
        PythonPeer python = PythonPeer.producer(broker.port(), "calls", 7, 0, 120)) {
      queue.on(CALLS, task -> {
        throw TaskReject.deadLetter("no task is called " + task.name());
      });
      queue.start().await();
      python.put("[\"nobody\", {}, []]");
      awaitJobs("current-jobs-buried", 1, "current-jobs-ready", 0);
    }
  }

  @Test
  void a_python_program_works_on_what_a_queue_sends() {
    try (TaskQueue queue = open();
        PythonPeer python = PythonPeer.worker(broker.port(), "calls", 3, 0)) {
      queue
          .send(CALLS, JsonTask.of("echo", 1, 0.5, null, "é😀").with("k", Map.of("a", List.of(2))))
          .await();
      assertThat(python.line()).isEqualTo("done [[1, 0.5, null, \"é😀\"], {\"k\": {\"a\": [2]}}]");
      queue.send(CALLS, JsonTask.of("stop")).await();
      assertThat(python.exit()).isZero();
    }
  }

  @Test
  void a_result_is_refused_where_the_worker_knows_no_envelope() {
    try (TaskQueue queue = open()) {
      assertThatThrownBy(() -> queue.task(CALLS, JsonTask.of("echo")).await())
          .isInstanceOfSatisfying(
              UnsupportedOptionException.class,
              refused -> assertThat(refused.getMessage()).contains("results"));
      queue
          .task(
              CALLS, JsonTask.of("stop"), SubmitOptions.noResponse().delay(Duration.ofSeconds(60)))
          .await();
      awaitJobs("current-jobs-delayed", 1, "current-jobs-ready", 0);
    }
  }

  @Test
  void between_queues_a_result_travels_as_plain_json() {
    TaskType<JsonTask, Long> sum = TaskType.of("sum", JsonTask.class, Long.class);
    try (TaskQueue queue = TaskQueue.open(broker.url() + "?serializer=json-task")) {
      queue.on(sum, task -> task.args().stream().mapToLong(each -> (Long) each).sum());
      queue.start().await();
      assertThat(queue.call(sum, JsonTask.of("add", 1, 2, 3)).await()).isEqualTo(6L);
    }
  }

  private void awaitJobs(String key, int count, String otherKey, int otherCount) {
    try (RawClient raw = new RawClient(broker.port())) {
      Awaitility.await()
          .untilAsserted(() -> assertThat(raw.ask("stats-tube calls"))
              .contains(key + ": " + count + "\n")
              .contains(otherKey + ": " + otherCount + "\n"));
    }
  }
}
