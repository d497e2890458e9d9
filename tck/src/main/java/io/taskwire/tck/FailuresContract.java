/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.FailureCode;
import io.taskwire.HandlerOptions;
import io.taskwire.OnFailure;
import io.taskwire.Raw;
import io.taskwire.RemoteTaskException;
import io.taskwire.TaskFailure;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskReject;
import io.taskwire.TaskSerializationException;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a task that fails reaches its caller, and leaves the broker. */
public abstract class FailuresContract extends Contract {

  /** No msgpack begins with 0xC1, no JSON does, and it is the first byte of an envelope alone. */
  private static final Buffer UNDECODABLE = Buffer.buffer(new byte[] {(byte) 0xC1, 0, 0});

  /** For the transports. */
  protected FailuresContract() {}

  /** Something that no serializer can make bytes of. */
  static final class Unserializable {

    Unserializable() {}

    public String getValue() {
      return Optional.<String>empty().orElseThrow();
    }
  }

  private RemoteTaskException failureOf(TaskQueue queue, String task) {
    TaskHandle<Object> handle = Await.value(queue.task(task, "input"));
    RemoteTaskException failure = Await.failure(handle.result(), RemoteTaskException.class);
    assertThat(failure.taskName()).isEqualTo(task);
    assertThat(failure.taskId()).isEqualTo(handle.id());
    return failure;
  }

  @Test
  void what_a_handler_throws_arrives_with_type_and_message() {
    String task = bed().name("throws");
    TaskQueue queue = bed().open();
    queue.on(task, data -> {
      throw new IllegalStateException("no such order: 4711");
    });
    Await.value(queue.start());

    RemoteTaskException failure = failureOf(queue, task);

    assertThat(failure.code()).isEqualTo(FailureCode.HANDLER);
    assertThat(failure.remoteType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failure.remoteMessage()).isEqualTo("no such order: 4711");
    assertThat(failure).hasMessageContaining("no such order: 4711").hasMessageContaining(task);
    assertThat(failure.isSafeToRetry()).isFalse();
  }

  @Test
  void an_error_fails_the_task_as_an_exception_does() {
    String task = bed().name("error");
    TaskQueue queue = bed().open();
    queue.on(task, data -> {
      throw new StackOverflowError("too deep");
    });
    Await.value(queue.start());

    RemoteTaskException failure = failureOf(queue, task);

    assertThat(failure.remoteType()).isEqualTo("java.lang.StackOverflowError");
    assertThat(failure.remoteMessage()).isEqualTo("too deep");
  }

  @Test
  void an_exception_without_a_message_still_has_its_type() {
    String task = bed().name("silent");
    TaskQueue queue = bed().open();
    queue.on(task, data -> {
      throw new UnsupportedOperationException();
    });
    Await.value(queue.start());

    assertThat(failureOf(queue, task).remoteType())
        .isEqualTo("java.lang.UnsupportedOperationException");
  }

  @Test
  void a_message_keeps_every_character() {
    String task = bed().name("characters");
    String message = "Grüße: «a: b»\r\n\0\t日本語 \uD83D\uDE00 OK\r\n.\r\n";
    TaskQueue queue = bed().open();
    queue.on(task, data -> {
      throw new IllegalArgumentException(message);
    });
    Await.value(queue.start());

    assertThat(failureOf(queue, task).remoteMessage()).isEqualTo(message);
  }

  @Test
  void of_a_very_long_message_at_least_the_first_7_kib_arrive() {
    String task = bed().name("long");
    String message = "0123456789".repeat(10_000);
    TaskQueue queue = bed().open();
    queue.on(task, data -> {
      throw new IllegalArgumentException(message);
    });
    Await.value(queue.start());

    String arrived = failureOf(queue, task).remoteMessage();
    assertThat(message).startsWith(arrived);
    assertThat(arrived.length()).isGreaterThan(7 * 1024);
  }

  @Test
  void a_task_failure_chooses_type_and_message() {
    String task = bed().name("chosen");
    TaskQueue queue = bed().open();
    queue.on(task, data -> {
      throw new TaskFailure("out-of-stock", "tea: none left");
    });
    Await.value(queue.start());

    RemoteTaskException failure = failureOf(queue, task);

    assertThat(failure.code()).isEqualTo(FailureCode.HANDLER);
    assertThat(failure.remoteType()).isEqualTo("out-of-stock");
    assertThat(failure.remoteMessage()).isEqualTo("tea: none left");
  }

  @Test
  void the_details_of_a_task_failure_arrive_in_an_envelope() {
    String task = bed().name("details");
    TaskQueue queue = bed().open("envelope=always");
    queue.on(task, data -> {
      throw new TaskFailure("out-of-stock", "no tea", "{\"left\":0}");
    });
    Await.value(queue.start());

    RemoteTaskException failure = failureOf(queue, task);

    assertThat(failure.remoteType()).isEqualTo("out-of-stock");
    assertThat(failure.remoteMessage()).isEqualTo("no tea");
    assertThat(failure.details()).isEqualTo("{\"left\":0}");
  }

  @Test
  void a_rejected_task_fails_its_caller_with_the_reason() {
    String task = bed().name("rejected");
    AtomicInteger runs = new AtomicInteger();
    TaskQueue queue = bed().open();
    queue.on(task, data -> {
      runs.incrementAndGet();
      throw TaskReject.deadLetter("no such customer");
    });
    Await.value(queue.start());

    RemoteTaskException failure = failureOf(queue, task);

    assertThat(failure.code()).isEqualTo(FailureCode.REJECTED);
    assertThat(failure.remoteMessage()).isEqualTo("no such customer");
    assertThat(runs).hasValue(1);
  }

  @Test
  void a_result_that_cannot_be_serialized_fails_the_caller_and_settles_the_task() {
    String task = bed().name("unserializable");
    AtomicInteger runs = new AtomicInteger();
    TaskQueue queue = bed().open();
    queue.on(task, data -> runs.incrementAndGet() == 1 ? new Unserializable() : "fine");
    Await.value(queue.start());

    RemoteTaskException failure = failureOf(queue, task);

    assertThat(failure.code()).isEqualTo(FailureCode.ENCODE);
    // If the first one had not been settled it would have run again.
    assertThat(Await.value(queue.call(task, null))).isEqualTo("fine");
    assertThat(runs).hasValue(2);
  }

  @Test
  void a_payload_the_worker_cannot_decode_fails_the_caller_and_never_runs() {
    String task = bed().name("undecodable");
    AtomicInteger runs = new AtomicInteger();
    TaskQueue queue = bed().open();
    queue.on(task, Order.class, order -> {
      runs.incrementAndGet();
      return order.item();
    });
    Await.value(queue.start());

    RemoteTaskException failure =
        Await.failure(queue.call(task, Raw.RAW, UNDECODABLE), RemoteTaskException.class);

    assertThat(failure.code()).isEqualTo(FailureCode.DECODE);
    assertThat(Await.value(queue.call(task, new Order("tea", 1)))).isEqualTo("tea");
    assertThat(runs).hasValue(1);
  }

  @Test
  void an_input_of_another_type_is_a_decoding_failure() {
    String task = bed().name("other-type");
    TaskQueue queue = bed().open();
    queue.on(task, Order.class, Order::item);
    Await.value(queue.start());

    RemoteTaskException failure =
        Await.failure(queue.call(task, "not an order"), RemoteTaskException.class);

    assertThat(failure.code()).isEqualTo(FailureCode.DECODE);
    assertThat(failure.remoteMessage()).isNotBlank();
  }

  @Test
  void an_input_that_cannot_be_serialized_fails_before_anything_is_sent() {
    TaskQueue queue = bed().open();

    TaskSerializationException failure = Await.failure(
        queue.task(bed().name("unsendable"), new Unserializable()),
        TaskSerializationException.class);

    assertThat(failure.getCause()).isNotNull();
    assertThat(bed().events(queue).count(Kind.ACCEPTED)).isZero();
  }

  @Test
  void a_result_of_another_type_than_the_caller_wants_is_a_serialization_failure() {
    String task = bed().name("wrong-result");
    TaskQueue queue = bed().open();
    queue.on(task, data -> "not a number");
    Await.value(queue.start());

    TaskHandle<Integer> handle = Await.value(queue.task(task, null, Integer.class));

    TaskSerializationException failure =
        Await.failure(handle.result(), TaskSerializationException.class);
    assertThat(failure.taskName()).isEqualTo(task);
    assertThat(failure.taskId()).isEqualTo(handle.id());
  }

  @Test
  void a_handler_that_takes_too_long_is_interrupted_and_its_task_fails() {
    TaskType<Object, Object> type = TaskType.untyped(bed().name("too-long"));
    Promise<Boolean> interrupted = Promise.promise();
    TaskQueue queue = bed().open();
    queue.on(type, HandlerOptions.create().timeLimit(Duration.ofMillis(100)), (data, context) -> {
      try {
        new CountDownLatch(1).await();
        return "never";
      } catch (InterruptedException e) {
        interrupted.complete(context.isCancelled());
        throw e;
      }
    });
    Await.value(queue.start());

    RemoteTaskException failure = Await.failure(queue.call(type, null), RemoteTaskException.class);

    assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
    assertThat(Await.value(interrupted.future())).isTrue();
  }

  @Test
  void an_asynchronous_handler_that_takes_too_long_is_told_and_its_task_fails() {
    TaskType<Object, Object> type = TaskType.untyped(bed().name("too-long-async"));
    Promise<Void> told = Promise.promise();
    TaskQueue queue = bed().open();
    queue.onAsync(
        type, HandlerOptions.create().timeLimit(Duration.ofMillis(100)), (data, context) -> {
          context.cancelled().onComplete(told);
          return Promise.<Object>promise().future();
        });
    Await.value(queue.start());

    RemoteTaskException failure = Await.failure(queue.call(type, null), RemoteTaskException.class);

    assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
    Await.value(told.future());
  }

  @Test
  void a_failing_handler_goes_on_with_the_next_task() {
    String task = bed().name("goes-on");
    TaskQueue queue = bed().open("concurrency=1");
    queue.on(task, Integer.class, number -> {
      if (number % 2 == 0) {
        throw new IllegalArgumentException("even: " + number);
      }
      return number;
    });
    Await.value(queue.start());

    for (int number = 0; number < 20; number += 2) {
      Future<Integer> even = queue.call(task, number, Integer.class);
      Future<Integer> odd = queue.call(task, number + 1, Integer.class);
      assertThat(Await.failure(even, RemoteTaskException.class).remoteMessage())
          .isEqualTo("even: " + number);
      assertThat(Await.value(odd)).isEqualTo(number + 1);
    }
  }

  @Test
  void a_failed_task_without_response_is_reported_to_the_listener_and_not_run_again() {
    TaskType<Object, Object> type = TaskType.untyped(bed().name("nobody-waits"));
    AtomicInteger runs = new AtomicInteger();
    TaskQueue queue = bed().open();
    queue.on(
        type, HandlerOptions.create().onFailure(OnFailure.DROP).concurrency(1), (data, context) -> {
          if (runs.incrementAndGet() == 1) {
            throw new IllegalStateException("lost");
          }
          return "fine";
        });
    Await.value(queue.start());

    String id = Await.value(queue.send(type, null));
    bed().events(queue).await(Kind.HANDLER_FAILED, type.name());

    assertThat(bed().events(queue).of(Kind.HANDLER_FAILED).get(0))
        .satisfies(event -> assertThat(event.taskId()).isEqualTo(id))
        .satisfies(event -> assertThat(event.cause()).hasMessage("lost"));
    assertThat(Await.value(queue.call(type, null))).isEqualTo("fine");
    assertThat(runs).hasValue(2);
  }
}
