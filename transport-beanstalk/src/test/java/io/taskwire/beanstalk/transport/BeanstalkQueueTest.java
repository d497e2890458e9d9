/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskwire.FailureCode;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.Priority;
import io.taskwire.Raw;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRetry;
import io.taskwire.TaskType;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a user of the API sees on beanstalkd. */
@Timeout(90)
class BeanstalkQueueTest {

  private static final TaskType<Buffer, Buffer> BYTES = TaskType.raw("bytes");
  private static final TaskType<String, String> TEXT =
      TaskType.of("text", String.class, String.class);

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
    return open(broker);
  }

  private static TaskQueue open(BeanstalkdBroker broker) {
    return TaskQueue.open(broker.url() + "?retry=50ms");
  }

  @Test
  void task_is_handled_and_its_result_awaited() {
    try (TaskQueue queue = open()) {
      queue.on(TEXT, text -> "Hello, " + text);
      Await.value(queue.start());
      TaskHandle<String> handle = Await.value(queue.task(TEXT, "world"));
      assertThat(Await.value(handle.result())).isEqualTo("Hello, world");
    }
    await().until(() -> broker.connections() == 0);
  }

  @Test
  void queue_that_is_closed_while_it_connects_leaves_no_connection() {
    for (int i = 0; i < 50; i++) {
      open().close();
    }
    await().until(() -> broker.connections() == 0);
  }

  @Test
  void handler_that_throws_fails_the_caller_with_type_and_message() {
    try (TaskQueue queue = open()) {
      queue.on(TEXT, text -> {
        throw new IllegalStateException("no stock of " + text);
      });
      Await.value(queue.start());
      assertThatThrownBy(() -> Await.value(queue.call(TEXT, "nails")))
          .isInstanceOfSatisfying(RemoteTaskException.class, e -> {
            assertThat(e.remoteType()).isEqualTo(IllegalStateException.class.getName());
            assertThat(e).hasMessageContaining("no stock of nails");
          });
    }
  }

  @Test
  void handler_may_submit_and_await_other_tasks() {
    try (TaskQueue queue = open()) {
      queue.on(
          "outer", Integer.class, n -> queue.call("inner", n, Integer.class).await() + 1);
      queue.on("inner", Integer.class, n -> n * 2);
      Await.value(queue.start());
      assertThat(Await.value(queue.call("outer", 20, Integer.class))).isEqualTo(41);
    }
  }

  @Test
  void retried_task_runs_again() {
    AtomicInteger runs = new AtomicInteger();
    try (TaskQueue queue = open()) {
      queue.on(TEXT, text -> {
        if (runs.incrementAndGet() < 3) {
          throw TaskRetry.after(Duration.ofMillis(1));
        }
        return text + " at last";
      });
      Await.value(queue.start());
      assertThat(Await.value(queue.call(TEXT, "done"))).isEqualTo("done at last");
      assertThat(runs).hasValue(3);
    }
  }

  @Test
  void header_and_priority_travel_and_what_is_not_there_is_refused() {
    LinkedBlockingQueue<String> tenants = new LinkedBlockingQueue<>();
    try (TaskQueue queue = open()) {
      queue.on(TEXT, (text, context) -> {
        tenants.add(String.valueOf(context.headers().get("tenant")));
        return text;
      });
      Await.value(queue.start());
      Await.value(queue.send(
          TEXT, "x", SubmitOptions.noResponse().header("tenant", "7").priority(Priority.HIGH)));
      assertThat(Await.next(tenants)).isEqualTo("7");
      assertThatThrownBy(
              () -> Await.value(queue.send(TEXT, "x", SubmitOptions.noResponse().unique("k"))))
          .isInstanceOf(UnsupportedOptionException.class);
    }
  }

  @Test
  void large_payloads_pass_where_the_broker_takes_them() {
    try (BeanstalkdBroker large = BeanstalkdBroker.withMaxJobSize(40 << 20)) {
      large.start();
      try (TaskQueue queue = open(large)) {
        queue.on(BYTES, bytes -> bytes);
        Await.value(queue.start());
        for (int size : List.of(1 << 20, 32 << 20)) {
          Buffer body = Buffer.buffer(new byte[size]).setByte(size - 1, (byte) 7);
          assertThat(Await.value(queue.call(BYTES, body))).isEqualTo(body);
        }
      }
    }
  }

  @Test
  void large_payload_is_rejected_where_the_broker_does_not_take_it() {
    try (TaskQueue queue = open()) {
      assertThatThrownBy(() -> Await.value(queue.call(BYTES, Buffer.buffer(new byte[1 << 20]))))
          .isInstanceOf(TaskRejectedException.class);
    }
  }

  @Test
  void result_over_the_callers_limit_fails_the_caller_and_task_over_the_workers_limit_too() {
    try (BeanstalkdBroker large = BeanstalkdBroker.withMaxJobSize(8 << 20)) {
      large.start();
      try (TaskQueue small = TaskQueue.open(large.url() + "?maxPayload=4KiB");
          TaskQueue any = open(large)) {
        any.on("grow", Raw.RAW, bytes -> Buffer.buffer(new byte[bytes.getInt(0)]));
        small.on("shrink", Raw.RAW, bytes -> Buffer.buffer());
        Await.value(any.start());
        Await.value(small.start());
        for (int size : List.of(5000, 4 << 20)) {
          assertThatThrownBy(
                  () -> Await.value(small.call("grow", Raw.RAW, Buffer.buffer().appendInt(size))))
              .isInstanceOfSatisfying(
                  RemoteTaskException.class,
                  e -> assertThat(e.code()).isEqualTo(FailureCode.TOO_LARGE));
          assertThatThrownBy(
                  () -> Await.value(any.call("shrink", Raw.RAW, Buffer.buffer(new byte[size]))))
              .isInstanceOfSatisfying(
                  RemoteTaskException.class,
                  e -> assertThat(e.code()).isEqualTo(FailureCode.TOO_LARGE));
        }
      }
    }
  }

  @Test
  void broker_restarted_while_idle_is_used_again() {
    try (TaskQueue queue = open()) {
      queue.on(TEXT, text -> text);
      Await.value(queue.start());
      broker.restart();
      await().ignoreExceptions().until(() -> "x".equals(Await.value(queue.call(TEXT, "x"))));
    }
  }

  @Test
  void every_task_in_flight_ends_when_the_broker_is_killed() {
    try (TaskQueue worker = open();
        TaskQueue caller = open()) {
      worker.onAsync(TEXT, Future::succeededFuture);
      Await.value(worker.start());
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        results.add(caller.call(TEXT, "task " + i));
      }
      broker.kill();
      broker.start();
      int done = 0;
      for (Future<String> result : results) {
        try {
          assertThat(Await.value(result)).startsWith("task ");
          done++;
        } catch (TaskException e) {
          assertThat(e).isInstanceOf(OutcomeUnknownException.class);
        }
      }
      assertThat(done).isBetween(0, 1000);
      await().ignoreExceptions().until(() -> "x".equals(Await.value(caller.call(TEXT, "x"))));
    }
  }

  @Test
  void every_task_in_flight_is_answered_across_the_restart_of_a_broker_with_a_binlog() {
    try (BeanstalkdBroker persistent = BeanstalkdBroker.withBinlog()) {
      persistent.start();
      try (TaskQueue worker = open(persistent);
          TaskQueue caller = open(persistent)) {
        List<TaskHandle<String>> accepted = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
          accepted.add(Await.value(caller.task(TEXT, "task " + i)));
        }
        worker.onAsync(TEXT, Future::succeededFuture);
        Await.value(worker.start());
        await().until(() -> accepted.get(100).result().isComplete());
        persistent.kill();
        persistent.start();
        for (int i = 0; i < accepted.size(); i++) {
          assertThat(Await.value(accepted.get(i).result())).isEqualTo("task " + i);
        }
      }
    }
  }

  @Test
  void task_of_a_killed_worker_is_run_by_another() {
    LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
    try (TaskQueue caller = open();
        TaskQueue second = open()) {
      TaskQueue first = TaskQueue.open(broker.url() + "?drainTimeout=0s");
      first.onAsync(TEXT, text -> {
        begun.add(text);
        return io.vertx.core.Promise.<String>promise().future();
      });
      Await.value(first.start());
      Future<String> result = caller.call(TEXT, "x");
      assertThat(Await.next(begun)).isEqualTo("x");
      first.close();
      second.onAsync(TEXT, text -> Future.succeededFuture(text + " by the second"));
      Await.value(second.start());
      assertThat(Await.value(result)).isEqualTo("x by the second");
    }
  }
}
