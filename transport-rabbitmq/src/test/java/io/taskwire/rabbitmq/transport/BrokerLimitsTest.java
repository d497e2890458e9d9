/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.FailureCode;
import io.taskwire.HandlerOptions;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Brokers short of memory, out of patience, or asked for more than they take. */
@Timeout(60)
class BrokerLimitsTest extends OneBrokerTest {

  @AfterEach
  void noMessageSizeIsLeft() {
    broker.evaluate("application:unset_env(rabbit, max_message_size)");
  }

  @Test
  void under_the_memory_alarm_submits_wait_and_workers_go_on() {
    TaskType<Integer, Integer> type = echo();
    TaskType<Integer, Integer> quiet = echo();
    LinkedBlockingQueue<Integer> ran = new LinkedBlockingQueue<>();
    Promise<Void> finish = Promise.promise();
    TaskQueue worker = bed().openShared();
    worker.onAsync(type, Future::succeededFuture);
    worker.onAsync(quiet, HandlerOptions.create().concurrency(1), number -> {
      ran.add(number);
      return finish.future().map(number);
    });
    Await.value(worker.start());
    TaskQueue caller = bed().open();
    assertThat(Await.value(caller.call(type, 1))).isEqualTo(1);
    Await.value(caller.send(quiet, 1, SubmitOptions.noResponse()));
    Await.value(caller.send(quiet, 2, SubmitOptions.noResponse()));
    assertThat(Await.next(ran)).isEqualTo(1);

    broker.memoryAlarm();
    List<Future<Integer>> answers = new ArrayList<>();
    try {
      for (int number = 0; number < 1000; number++) {
        answers.add(caller.call(type, number));
      }
      // Acknowledging needs no publishing, and so the next task comes.
      finish.complete();
      assertThat(Await.next(ran)).isEqualTo(2);
      assertThat(answers).noneMatch(Future::isComplete);
    } finally {
      broker.endMemoryAlarm();
    }

    for (int number = 0; number < 1000; number++) {
      assertThat(Await.value(answers.get(number))).isEqualTo(number);
    }
  }

  @Test
  void a_task_whose_reply_is_not_confirmed_is_not_acknowledged() {
    TaskType<Integer, Integer> type = echo();
    AtomicInteger runs = new AtomicInteger();
    Promise<Void> finish = Promise.promise();
    TaskQueue worker = bed().openShared(PATIENT);
    worker.onAsync(type, number -> finish.future().map(runs.incrementAndGet()));
    Await.value(worker.start());
    TaskHandle<Integer> handle = Await.value(bed().open(PATIENT).task(type, 0));
    bed().events(worker).await(Kind.STARTED, 1);

    broker.memoryAlarm();
    try {
      finish.complete();
      broker.closeConnections("the reply is in one of them");
    } finally {
      broker.endMemoryAlarm();
    }

    assertThat(Await.value(handle.result())).isEqualTo(2);
  }

  @Test
  void what_cannot_be_accepted_under_the_alarm_fails_in_time() {
    TaskQueue caller = bed().open("acceptTimeout=300ms");
    TaskType<Integer, Integer> type = echo();
    Await.value(caller.send(type, 1));

    broker.memoryAlarm();
    try {
      Await.failure(caller.send(type, 2));
    } finally {
      broker.endMemoryAlarm();
    }
  }

  @Test
  void a_prefetch_size_which_rabbitmq_does_not_know_ends_the_start_with_an_error_that_says_so() {
    TaskQueue queue = bed().open("prefetchSize=1000", "retry=50ms");
    queue.on(echo(), number -> number);

    TaskConnectException refused = Await.failure(queue.start(), TaskConnectException.class);

    assertThat(refused).hasMessageContaining("prefetch");
    queue.shutdown();
  }

  @Test
  void a_message_larger_than_the_broker_takes_is_rejected_and_the_rest_goes_on() {
    broker.evaluate("application:set_env(rabbit, max_message_size, 10000)");
    TaskType<Buffer, Buffer> type = TaskType.raw(bed().name("bytes"));
    TaskQueue queue = bed().openShared(PATIENT);
    queue.on(type, bytes -> bytes);
    Await.value(queue.start());
    Buffer large = Buffer.buffer(new byte[10_001]);

    TaskRejectedException first =
        Await.failure(queue.call(type, large), TaskRejectedException.class);
    assertThat(first.reason()).isEqualTo(Reason.TOO_LARGE);
    // The broker closes the connection over it, once: then its limit is known here.
    bed().events(queue).await(Kind.CONNECTED, 2);
    TaskRejectedException second =
        Await.failure(queue.call(type, large), TaskRejectedException.class);
    assertThat(second.reason()).isEqualTo(Reason.TOO_LARGE);

    assertThat(Await.value(queue.call(type, Buffer.buffer("small"))))
        .isEqualTo(Buffer.buffer("small"));
    assertThat(bed().events(queue).count(Kind.CONNECTED)).isEqualTo(2);
  }

  @Test
  void a_result_larger_than_the_broker_takes_becomes_a_failure_that_says_so() {
    broker.evaluate("application:set_env(rabbit, max_message_size, 10000)");
    TaskType<Buffer, Buffer> type = TaskType.raw(bed().name("bytes"));
    TaskQueue worker = bed().openShared(PATIENT);
    worker.on(type, bytes -> Buffer.buffer(new byte[20_000]));
    Await.value(worker.start());

    RemoteTaskException failure = Await.failure(
        bed().open(PATIENT).call(type, Buffer.buffer("x")), RemoteTaskException.class);

    assertThat(failure.code()).isEqualTo(FailureCode.TOO_LARGE);
  }

  @Test
  void a_full_queue_that_refuses_is_an_error_that_says_so() throws Exception {
    TaskType<Integer, Integer> type = echo();
    bare()
        .queueDeclare(
            type.name(),
            true,
            false,
            false,
            Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
    TaskQueue caller = bed().open("declare=passive");
    Await.value(caller.send(type, 1));

    TaskRejectedException refused =
        Await.failure(caller.send(type, 2), TaskRejectedException.class);

    assertThat(refused.reason()).isEqualTo(Reason.BROKER_FULL);
  }

  @Test
  void headers_that_no_frame_holds_are_refused_and_the_next_task_passes() {
    TaskType<Integer, Integer> type = echo();
    echoing(type);
    TaskQueue caller = bed().open();
    SubmitOptions large = SubmitOptions.create();
    for (int number = 0; number < 60; number++) {
      large = large.header("h" + number, "x".repeat(3_000));
    }

    TaskRejectedException refused =
        Await.failure(caller.call(type, 1, large), TaskRejectedException.class);

    assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
    assertThat(Await.value(caller.call(type, 2))).isEqualTo(2);
    assertThat(bed().events(caller).count(Kind.CONNECTED)).isEqualTo(1);
  }

  @Test
  void a_task_that_is_held_too_long_for_the_broker_loses_its_lease_and_comes_again() {
    broker.evaluate("application:set_env(rabbit, consumer_timeout, 1000)");
    broker.evaluate("application:set_env(rabbit, channel_tick_interval, 300)");
    try {
      TaskType<Integer, Integer> type = echo();
      AtomicInteger runs = new AtomicInteger();
      TaskQueue worker = bed().openShared(PATIENT);
      worker.onAsync(type, (number, context) -> {
        if (runs.incrementAndGet() > 1) {
          return Future.succeededFuture(number);
        }
        // Told that its channel was closed, it ends too late.
        return context.cancelled().map(-1);
      });
      Await.value(worker.start());

      assertThat(Await.value(bed().open(PATIENT).call(type, 5))).isEqualTo(5);

      bed().events(worker).await(Kind.LEASE_LOST, 1);
      assertThat(runs).hasValue(2);
      assertThat(bed().events(worker).count(Kind.DISCONNECTED)).isZero();
    } finally {
      broker.evaluate("application:set_env(rabbit, consumer_timeout, 1800000)");
      broker.evaluate("application:set_env(rabbit, channel_tick_interval, 60000)");
    }
  }
}
