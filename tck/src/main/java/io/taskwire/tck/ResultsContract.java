/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.SubmitOptions;
import io.taskwire.TaskCancelledException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskTimeoutException;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a caller gets: handles, ids, results, and an end to each wait. */
public abstract class ResultsContract extends Contract {

  private static final Duration SHORT = Duration.ofMillis(150);

  /** For the transports. */
  protected ResultsContract() {}

  @Test
  void a_submit_completes_when_the_broker_has_the_task_though_nobody_serves_it() {
    TaskQueue queue = bed().open();

    TaskHandle<Object> handle = Await.value(queue.task(bed().name("unserved"), "hello"));

    assertThat(handle.result().isComplete()).isFalse();
    assertThat(bed().events(queue).count(Kind.ACCEPTED)).isEqualTo(1);
  }

  @Test
  void a_task_of_an_unknown_name_waits_until_somebody_serves_it() {
    String task = bed().name("unknown");
    TaskQueue caller = bed().open();
    Future<String> result =
        Await.value(caller.task(task, "hello", String.class)).result();

    TaskQueue worker = bed().openShared();
    worker.on(task, String.class, text -> text + " at last");
    Await.value(worker.start());

    assertThat(Await.value(result)).isEqualTo("hello at last");
  }

  @Test
  void the_result_is_the_same_future_each_time() {
    String task = bed().name("same");
    TaskQueue queue = bed().open();
    queue.on(task, data -> "done");
    Await.value(queue.start());

    TaskHandle<String> handle = Await.value(queue.task(task, null, String.class));

    Future<String> first = handle.result();
    assertThat(handle.result()).isSameAs(first);
    assertThat(Await.value(first)).isEqualTo("done");
    assertThat(handle.result()).isSameAs(first);
  }

  @Test
  void a_limited_wait_ends_alone_and_the_result_still_comes() {
    String task = bed().name("limited");
    TaskQueue queue = bed().open();
    TaskHandle<Object> handle = Await.value(queue.task(task, null));

    TaskTimeoutException timeout = Await.failure(handle.result(SHORT), TaskTimeoutException.class);

    assertThat(timeout.taskName()).isEqualTo(task);
    assertThat(timeout.taskId()).isEqualTo(handle.id());
    assertThat(handle.result().isComplete()).isFalse();
    queue.on(task, data -> "done");
    Await.value(queue.start());
    assertThat(Await.value(handle.result(Await.LIMIT))).isEqualTo("done");
    assertThat(Await.value(handle.result())).isEqualTo("done");
  }

  @Test
  void each_task_has_an_id_of_its_own() {
    String task = bed().name("ids");
    TaskQueue queue = bed().open();
    Set<String> ids = new HashSet<>();

    for (int i = 0; i < 100; i++) {
      String id = Await.value(queue.task(task, i)).id();
      assertThat(id).isNotBlank();
      ids.add(id);
    }

    assertThat(ids).hasSize(100);
  }

  @Test
  void a_task_without_response_is_complete_with_null_once_it_is_accepted() throws Exception {
    String task = bed().name("no-response");
    CountDownLatch handled = new CountDownLatch(2);
    TaskQueue queue = bed().open();

    TaskHandle<Object> handle = Await.value(queue.task(task, "one", SubmitOptions.noResponse()));
    assertThat(handle.result().succeeded()).isTrue();
    assertThat(handle.result().result()).isNull();
    assertThat(Await.value(handle.result(SHORT))).isNull();
    String id = Await.value(queue.send(task, "two"));
    assertThat(id).isNotBlank().isNotEqualTo(handle.id());

    queue.on(task, data -> {
      handled.countDown();
      return "nobody hears this";
    });
    Await.value(queue.start());
    handled.await();
  }

  @Test
  void nothing_is_kept_waiting_for_tasks_without_response() {
    String task = bed().name("no-response");
    TaskQueue queue = bed().openShared("maxAwaiting=1");

    for (int i = 0; i < 20; i++) {
      Await.value(queue.send(task, i));
    }

    assertThat(Await.value(queue.task(task, "the only one")).result().isComplete())
        .isFalse();
  }

  @Test
  void the_time_limit_of_a_task_frees_everything_kept_for_it() {
    String task = bed().name("timeout");
    TaskType<Object, Object> type = TaskType.untyped(task);
    TaskQueue queue = bed().openShared("maxAwaiting=1");
    TaskHandle<Object> first =
        Await.value(queue.task(type, 1, SubmitOptions.create().timeout(SHORT)));
    Await.failure(queue.task(type, 2), TaskRejectedException.class);

    TaskTimeoutException timeout = Await.failure(first.result(), TaskTimeoutException.class);

    assertThat(timeout.taskName()).isEqualTo(task);
    assertThat(timeout.taskId()).isEqualTo(first.id());
    assertThat(timeout.isSafeToRetry()).isFalse();
    // The place it took is free.
    assertThat(Await.value(queue.task(type, 3)).result().isComplete()).isFalse();
  }

  @Test
  void the_time_limit_runs_whether_or_not_anyone_asks_for_the_result() {
    TaskQueue queue = bed().openShared("resultTimeout=150ms");

    Await.value(queue.task(bed().name("unasked"), null));

    bed().events(queue).await(Kind.FAILED, 1);
    assertThat(bed().events(queue).of(Kind.FAILED).get(0).cause())
        .isInstanceOf(TaskTimeoutException.class);
  }

  @Test
  void the_time_limit_of_a_call_counts_too() {
    TaskQueue queue = bed().open();
    TaskType<Object, Object> type = TaskType.untyped(bed().name("call-timeout"));

    Await.failure(
        queue.call(type, null, SubmitOptions.create().timeout(SHORT)), TaskTimeoutException.class);
  }

  @Test
  void abandoning_a_task_frees_everything_kept_for_it_at_once() {
    String task = bed().name("abandoned");
    TaskQueue queue = bed().openShared("maxAwaiting=1");
    TaskHandle<Object> handle = Await.value(queue.task(task, 1));

    handle.abandon();
    handle.abandon();

    Await.failure(handle.result(), TaskCancelledException.class);
    assertThat(Await.value(queue.task(task, 2)).result().isComplete()).isFalse();
  }

  @Test
  void a_late_reply_disturbs_nobody() throws Exception {
    String task = bed().name("late");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    TaskQueue worker = bed().openShared("concurrency=1");
    worker.on(task, Integer.class, number -> {
      running.countDown();
      finish.await();
      return number;
    });
    Await.value(worker.start());
    TaskQueue caller = bed().open();
    TaskHandle<Integer> abandoned = Await.value(caller.task(task, 1, Integer.class));
    running.await();
    abandoned.abandon();

    Future<Integer> next = Await.value(caller.task(task, 2, Integer.class)).result();
    finish.countDown();

    assertThat(Await.value(next)).isEqualTo(2);
    Await.failure(abandoned.result(), TaskCancelledException.class);
  }

  @Test
  void the_listener_hears_the_life_of_a_task_in_order() {
    String task = bed().name("listener");
    TaskQueue caller = bed().open();
    TaskQueue worker = bed().openShared();
    worker.on(task, data -> "done");
    Await.value(worker.start());

    TaskHandle<Object> handle = Await.value(caller.task(task, null));
    Await.value(handle.result());
    bed().events(worker).await(Kind.FINISHED, task);

    assertThat(bed().events(caller).all().stream()
            .filter(event -> task.equals(event.taskName()))
            .map(event -> event.kind())
            .toList())
        .containsExactly(Kind.SUBMITTED, Kind.ACCEPTED, Kind.COMPLETED);
    assertThat(bed().events(worker).all().stream()
            .filter(event -> task.equals(event.taskName()))
            .filter(event -> handle.id().equals(event.taskId()))
            .map(event -> event.kind())
            .toList())
        .containsExactly(Kind.STARTED, Kind.FINISHED);
  }
}
