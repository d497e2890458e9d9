/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.Feature;
import io.taskwire.HandlerOptions;
import io.taskwire.Priority;
import io.taskwire.Progress;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.Support;
import io.taskwire.TaskCancelledException;
import io.taskwire.TaskException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskReject;
import io.taskwire.TaskRetry;
import io.taskwire.TaskStatus;
import io.taskwire.TaskTimeoutException;
import io.taskwire.TaskType;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.broker.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a transport claims works. What it does not claim is the affair of {@link RefusalContract}. */
public abstract class CapabilitiesContract extends Contract {

  private static final HandlerOptions ONE = HandlerOptions.create().concurrency(1);

  /** For the transports. */
  protected CapabilitiesContract() {}

  private TaskQueue connectedWith(Feature feature) {
    TaskQueue queue = bed().open(asking(feature));
    Await.value(queue.ping());
    assumeFeature(queue, feature);
    return queue;
  }

  @Test
  void a_connected_queue_claims_no_more_than_its_transport_does() {
    TaskQueue queue = bed().open();
    var before = queue.capabilities().asMap();
    Await.value(queue.ping());

    queue.capabilities().asMap().forEach((feature, support) -> {
      if (support != Support.NONE) {
        assertThat(before.get(feature)).as(feature.label()).isNotEqualTo(Support.NONE);
      }
    });
    assertThat(queue.capabilities().has(Feature.RESULTS)).isTrue();
    assertThat(queue.capabilities().has(Feature.RAW)).isTrue();
  }

  @Test
  void priority_urgent_tasks_come_first() {
    TaskQueue queue = connectedWith(Feature.PRIORITY);
    TaskType<Priority, Object> type =
        TaskType.of(bed().name("priority"), Priority.class, Object.class);
    for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
      for (int i = 0; i < 3; i++) {
        Await.value(queue.send(type, priority, SubmitOptions.noResponse().priority(priority)));
      }
    }

    List<Priority> seen = Collections.synchronizedList(new ArrayList<>());
    queue.onAsync(type, ONE, priority -> {
      seen.add(priority);
      return Future.succeededFuture();
    });
    Await.value(queue.start());

    Await.until("9 tasks", () -> seen.size() == 9);
    List<Priority> expected = new ArrayList<>(Collections.nCopies(3, Priority.HIGH));
    expected.addAll(Collections.nCopies(3, Priority.NORMAL));
    expected.addAll(Collections.nCopies(3, Priority.LOW));
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void delay_a_task_is_kept_from_workers_for_as_long_as_asked() {
    TaskQueue queue = connectedWith(Feature.DELAY);
    TaskType<Object, Object> type = TaskType.untyped(bed().name("delay"));
    Promise<Long> ranAt = Promise.promise();
    queue.on(type, data -> {
      ranAt.complete(System.nanoTime());
      return null;
    });
    Await.value(queue.start());
    long submitted = System.nanoTime();

    Await.value(queue.send(type, null, SubmitOptions.noResponse().delay(Duration.ofSeconds(1))));

    assertThat(Duration.ofNanos(Await.value(ranAt.future()) - submitted))
        .isBetween(
            Duration.ofMillis(900), Duration.ofSeconds(1).plus(transport().longestLateness()));
  }

  @Test
  void delay_of_a_task_with_a_result_is_kept_too_or_refused() {
    TaskQueue queue = connectedWith(Feature.DELAY);
    TaskType<Object, Object> type = TaskType.untyped(bed().name("delay"));
    queue.on(type, data -> System.nanoTime());
    Await.value(queue.start());
    long submitted = System.nanoTime();

    Future<Object> ranAt =
        queue.call(type, null, SubmitOptions.create().delay(Duration.ofSeconds(1)));

    Await.done(ranAt);
    if (ranAt.succeeded()) {
      assertThat((Long) ranAt.result() - submitted).isGreaterThan(900_000_000L);
    } else {
      assertThat(ranAt.cause())
          .isInstanceOfSatisfying(
              UnsupportedOptionException.class,
              refusal -> assertThat(refusal.feature()).isEqualTo(Feature.DELAY));
    }
  }

  @Test
  void unique_equal_tasks_are_joined_while_they_wait() {
    TaskQueue queue = connectedWith(Feature.UNIQUE);
    TaskType<String, String> type = TaskType.of(bed().name("unique"), String.class, String.class);
    SubmitOptions key = SubmitOptions.create().unique("key-" + type.name());
    Future<String> first = Await.value(queue.task(type, "one", key)).result();
    Future<String> second = Await.value(queue.task(type, "two", key)).result();
    AtomicInteger runs = new AtomicInteger();

    queue.on(type, text -> text + " run " + runs.incrementAndGet());
    Await.value(queue.start());

    assertThat(Await.value(first)).isEqualTo("one run 1");
    assertThat(Await.value(second)).isEqualTo("one run 1");
    assertThat(Await.value(queue.call(type, "three", key))).isEqualTo("three run 2");
  }

  @Test
  void progress_reaches_the_caller_in_order() {
    TaskQueue queue = connectedWith(Feature.PROGRESS);
    String task = bed().name("progress");
    List<Progress> seen = Collections.synchronizedList(new ArrayList<>());
    Promise<Void> listening = Promise.promise();
    queue.onAsync(
        task,
        (data, context) -> listening
            .future()
            .compose(ignored -> context.progress(1, 3))
            .compose(ignored -> context.progress(2, 3))
            .compose(ignored -> context.progress(3, 3))
            .map("done"));
    Await.value(queue.start());

    TaskHandle<Object> handle = Await.value(queue.task(task, null));
    handle.onProgress(seen::add);
    Await.value(queue.ping()); // asked behind the listener, on the same loop: it listens now
    listening.complete();

    assertThat(Await.value(handle.result())).isEqualTo("done");
    assertThat(seen).containsExactly(new Progress(1, 3), new Progress(2, 3), new Progress(3, 3));
  }

  @Test
  void partial_data_reaches_the_caller_in_order_and_untouched() {
    TaskQueue queue = connectedWith(Feature.PARTIAL_DATA);
    String task = bed().name("data");
    List<Buffer> chunks = List.of(
        Buffer.buffer("one"),
        Buffer.buffer(new byte[] {0, 13, 10, (byte) 0xC1}),
        Buffer.buffer("3"));
    List<Buffer> seen = Collections.synchronizedList(new ArrayList<>());
    queue.onAsync(
        task,
        (data, context) -> context
            .data(chunks.get(0))
            .compose(ignored -> context.data(chunks.get(1)))
            .compose(ignored -> context.data(chunks.get(2)))
            .map("done"));
    Await.value(queue.start());

    TaskHandle<Object> handle = Await.value(queue.task(task, null));
    handle.onData(seen::add);

    assertThat(Await.value(handle.result())).isEqualTo("done");
    Await.until("three chunks", () -> seen.size() == 3);
    assertThat(seen).isEqualTo(chunks);
  }

  @Test
  void status_tells_waiting_from_running() throws InterruptedException {
    TaskQueue queue = connectedWith(Feature.STATUS);
    String task = bed().name("status");
    TaskHandle<Object> handle = Await.value(queue.task(task, null));
    assertThat(Await.value(handle.status()).state()).isEqualTo(TaskStatus.State.QUEUED);

    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    queue.on(task, data -> {
      running.countDown();
      finish.await();
      return "done";
    });
    Await.value(queue.start());
    running.await();
    assertThat(Await.value(handle.status()).state()).isEqualTo(TaskStatus.State.RUNNING);

    finish.countDown();
    Await.value(handle.result());
    Await.until(
        "the broker forgets the task",
        () -> Await.value(handle.status()).state() == TaskStatus.State.UNKNOWN);
  }

  @Test
  void cancel_a_waiting_task_never_runs() {
    TaskQueue queue = connectedWith(Feature.CANCEL_QUEUED);
    TaskType<String, String> type = TaskType.of(bed().name("cancel"), String.class, String.class);
    TaskHandle<String> handle = Await.value(queue.task(type, "cancelled"));

    assertThat(Await.value(handle.cancel())).isTrue();
    Await.failure(handle.result(), TaskCancelledException.class);

    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    queue.on(type, ONE, text -> {
      seen.add(text);
      return text;
    });
    Await.value(queue.start());
    assertThat(Await.value(queue.call(type, "later"))).isEqualTo("later");
    assertThat(seen).containsExactly("later");
  }

  @Test
  void cancel_comes_too_late_for_a_task_that_is_done() {
    TaskQueue queue = connectedWith(Feature.CANCEL_QUEUED);
    String task = bed().name("cancel-late");
    queue.on(task, data -> "done");
    Await.value(queue.start());
    TaskHandle<Object> handle = Await.value(queue.task(task, null));
    Await.value(handle.result());

    assertThat(Await.value(handle.cancel())).isFalse();
    assertThat(Await.value(handle.result())).isEqualTo("done");
  }

  @Test
  void cancel_comes_too_late_for_a_task_that_runs_and_takes_nothing_from_its_caller() {
    TaskQueue queue = connectedWith(Feature.CANCEL_QUEUED);
    org.junit.jupiter.api.Assumptions.assumeFalse(
        queue.capabilities().has(Feature.CANCEL_RUNNING),
        "skipped: the transport has " + Feature.CANCEL_RUNNING.label());
    String task = bed().name("cancel-running");
    Promise<Object> finish = Promise.promise();
    queue.onAsync(task, data -> finish.future());
    Await.value(queue.start());
    TaskHandle<Object> handle = Await.value(queue.task(task, null));
    bed().events(queue).await(Kind.STARTED, task);

    assertThat(Await.value(handle.cancel())).isFalse();

    finish.complete("done");
    assertThat(Await.value(handle.result())).isEqualTo("done");
  }

  @Test
  void cancel_a_running_handler_is_told() {
    TaskQueue queue = connectedWith(Feature.CANCEL_RUNNING);
    String task = bed().name("cancel-running");
    Promise<Void> told = Promise.promise();
    queue.onAsync(task, (data, context) -> {
      context.cancelled().onComplete(told);
      return told.future().map("too late");
    });
    Await.value(queue.start());
    TaskHandle<Object> handle = Await.value(queue.task(task, null));
    bed().events(queue).await(Kind.STARTED, task);

    assertThat(Await.value(handle.cancel())).isTrue();

    Await.value(told.future());
    Await.failure(handle.result(), TaskCancelledException.class);
  }

  @Test
  void deadline_a_task_not_begun_by_then_never_runs() {
    TaskQueue queue = connectedWith(Feature.DEADLINE);
    TaskType<String, String> type = TaskType.of(bed().name("deadline"), String.class, String.class);
    SubmitOptions brief = SubmitOptions.create().deadline(Duration.ofMillis(200));
    long submitted = System.nanoTime();
    TaskHandle<String> late = Await.value(queue.task(type, "late", brief));
    Await.until("the deadline has passed", () -> System.nanoTime() - submitted > 1_500_000_000L);

    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    queue.on(type, ONE, text -> {
      seen.add(text);
      return text;
    });
    Await.value(queue.start());

    assertThat(Await.value(queue.call(type, "next"))).isEqualTo("next");
    assertThat(seen).containsExactly("next");
    assertThat(Await.failure(late.result(), TaskException.class))
        .isInstanceOfAny(RemoteTaskException.class, TaskTimeoutException.class);
  }

  @Test
  void retry_the_task_comes_again_and_its_caller_waits_on() {
    TaskQueue queue = connectedWith(Feature.RETRY);
    String task = bed().name("retry");
    AtomicInteger runs = new AtomicInteger();
    queue.on(task, data -> {
      if (runs.incrementAndGet() < 3) {
        throw TaskRetry.after(Duration.ZERO);
      }
      return "at last";
    });
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, null))).isEqualTo("at last");
    assertThat(runs).hasValue(3);
  }

  @Test
  void retry_comes_no_earlier_than_asked() {
    TaskQueue queue = connectedWith(Feature.RETRY);
    String task = bed().name("retry");
    List<Long> runs = Collections.synchronizedList(new ArrayList<>());
    queue.on(task, data -> {
      runs.add(System.nanoTime());
      if (runs.size() == 1) {
        throw TaskRetry.after(Duration.ofSeconds(1));
      }
      return "at last";
    });
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, null))).isEqualTo("at last");
    assertThat(Duration.ofNanos(runs.get(1) - runs.get(0)))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
  }

  @Test
  void retry_ends_with_the_last_of_the_attempts() {
    TaskQueue queue = connectedWith(Feature.RETRY);
    TaskType<Object, Object> type = TaskType.untyped(bed().name("retry-ends"));
    List<OptionalInt> attempts = Collections.synchronizedList(new ArrayList<>());
    queue.on(type, HandlerOptions.create().maxAttempts(3), (data, context) -> {
      attempts.add(context.attempt());
      throw TaskRetry.after(Duration.ZERO);
    });
    Await.value(queue.start());

    Future<Object> result = queue.call(type, null);

    Await.failure(result, TaskException.class);
    assertThat(attempts).hasSizeBetween(3, 4);
    assertThat(attempts.get(2)).isEqualTo(OptionalInt.of(3));
  }

  @Test
  void retry_does_not_keep_other_tasks_waiting() {
    TaskQueue queue = connectedWith(Feature.RETRY);
    TaskType<String, Object> type =
        TaskType.of(bed().name("retry-aside"), String.class, Object.class);
    AtomicInteger runs = new AtomicInteger();
    queue.on(type, ONE, text -> {
      if (text.equals("again") && runs.incrementAndGet() == 1) {
        throw TaskRetry.after(Duration.ofSeconds(3));
      }
      return text;
    });
    Await.value(queue.start());
    Future<Object> again = queue.call(type, "again");
    bed().events(queue).await(Kind.FINISHED, type.name());

    assertThat(Await.value(queue.call(type, "other"))).isEqualTo("other");
    assertThat(again.isComplete()).isFalse();
    assertThat(Await.value(again)).isEqualTo("again");
  }

  @Test
  void dead_letter_a_rejected_task_is_set_aside_and_its_caller_told() {
    TaskQueue queue = connectedWith(Feature.DEAD_LETTER);
    String task = bed().name("dead-letter");
    AtomicInteger runs = new AtomicInteger();
    queue.on(task, data -> {
      runs.incrementAndGet();
      throw TaskReject.deadLetter("no such order");
    });
    Await.value(queue.start());

    TaskHandle<Object> handle = Await.value(queue.task(task, "order 7"));

    RemoteTaskException failure = Await.failure(handle.result(), RemoteTaskException.class);
    assertThat(failure.remoteMessage()).isEqualTo("no such order");
    if (transport().deadLetterTask(task).isPresent()) {
      String deadTask = transport().deadLetterTask(task).orElseThrow();
      Promise<Object> kept = Promise.promise();
      TaskQueue cleaner = bed().open();
      cleaner.on(deadTask, data -> {
        kept.complete(data);
        return null;
      });
      Await.value(cleaner.start());
      assertThat(Await.value(kept.future())).isEqualTo("order 7");
    } else if (queue.capabilities().has(Feature.STATUS)) {
      Await.until(
          "the task is a dead letter",
          () -> Await.value(handle.status()).state() == TaskStatus.State.DEAD);
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void lease_renewal_a_handler_may_take_longer_than_the_lease() {
    TaskQueue probe = connectedWith(Feature.LEASE_RENEWAL);
    String shortLease = transport().shortLease().orElse(null);
    org.junit.jupiter.api.Assumptions.assumeTrue(
        shortLease != null, "skipped: the transport names no short lease");
    String task = bed().name("lease");
    AtomicInteger runs = new AtomicInteger();
    TaskQueue queue = bed().open(String.valueOf(shortLease));
    Duration longer = transport().lease().plusSeconds(2);
    queue.onAsync(task, data -> {
      runs.incrementAndGet();
      return bed().vertx().timer(longer.toMillis()).map("held on");
    });
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, null))).isEqualTo("held on");
    assertThat(runs).hasValue(1);
    Await.value(probe.shutdown());
  }

  @Test
  void several_hosts_one_that_is_down_does_not_stop_the_others() {
    assumeProcess();
    connectedWith(Feature.SEVERAL_HOSTS);
    String task = bed().name("several");
    TaskQueue queue = bed()
        .openAt(
            broker().url() + ",127.0.0.1:" + FreePort.find(), "retry=100ms", "connectTimeout=2s");
    queue.on(task, data -> "done");

    for (int i = 0; i < 10; i++) {
      Future<Object> answer = queue.call(task, null);
      if (i == 0) {
        queue.start();
      }
      assertThat(Await.value(answer)).isEqualTo("done");
    }
  }
}
