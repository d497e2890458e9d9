/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever can grow is bounded, and says so when the bound is reached. */
public abstract class LimitsContract extends Contract {

  /** For the transports. */
  protected LimitsContract() {}

  private static void rejectedLocally(Future<?> submit) {
    TaskRejectedException rejected = Await.failure(submit, TaskRejectedException.class);
    assertThat(rejected.reason()).isEqualTo(Reason.LOCAL_LIMIT);
    assertThat(rejected.isSafeToRetry()).isTrue();
  }

  @Test
  void submits_beyond_max_in_flight_wait_in_order() {
    TaskType<Integer, Object> type =
        TaskType.of(bed().name("in-flight"), Integer.class, Object.class);
    TaskQueue caller = bed().open("maxInFlight=4");
    List<Future<String>> sent =
        IntStream.range(0, 300).mapToObj(number -> caller.send(type, number)).toList();
    Await.allDone(sent);
    assertThat(sent).allMatch(Future::succeeded);

    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    TaskQueue worker = bed().openShared("asyncConcurrency=1");
    worker.onAsync(type, number -> {
      seen.add(number);
      return Future.succeededFuture();
    });
    Await.value(worker.start());
    Await.until("300 tasks", () -> seen.size() == 300);
    assertThat(seen).isSorted();
  }

  @Test
  void submits_beyond_max_pending_are_rejected_at_once() {
    assumeProcess();
    broker().kill();
    String task = bed().name("pending");
    TaskQueue queue = bed().open("retry=50ms", "maxInFlight=1", "maxPending=10");
    bed().events(queue).await(Kind.RECONNECTING, 1);

    List<Future<TaskHandle<Object>>> submits =
        IntStream.range(0, 40).mapToObj(number -> queue.task(task, number)).toList();
    rejectedLocally(submits.get(39));
    broker().start();

    Await.allDone(submits);
    long accepted = submits.stream().filter(Future::succeeded).count();
    assertThat(accepted).isBetween(10L, 12L);
    submits.stream().filter(Future::failed).forEach(LimitsContract::rejectedLocally);
    // The waiting ones are gone, and their places free.
    Await.value(queue.task(task, "later"));
  }

  @Test
  void results_beyond_max_awaiting_are_rejected_at_once_until_one_has_come() {
    String task = bed().name("awaiting");
    TaskQueue caller = bed().open("maxAwaiting=5");
    List<Future<Object>> results = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      results.add(Await.value(caller.task(task, number)).result());
    }

    rejectedLocally(caller.task(task, 5));
    rejectedLocally(caller.call(task, 5));
    Await.value(caller.send(task, 6));

    TaskQueue worker = bed().openShared();
    worker.on(task, data -> "done");
    Await.value(worker.start());
    Await.allDone(results);
    assertThat(Await.value(caller.call(task, 7))).isEqualTo("done");
  }

  @Test
  void a_task_rejected_by_a_limit_never_runs() {
    TaskType<Integer, Integer> type =
        TaskType.of(bed().name("never-runs"), Integer.class, Integer.class);
    TaskQueue caller = bed().open("maxAwaiting=1");
    Future<Integer> first = Await.value(caller.task(type, 1)).result();
    rejectedLocally(caller.task(type, 2));

    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    TaskQueue worker = bed().openShared("concurrency=1");
    worker.on(type, number -> {
      seen.add(number);
      return number;
    });
    Await.value(worker.start());

    assertThat(Await.value(first)).isEqualTo(1);
    assertThat(Await.value(caller.call(type, 3))).isEqualTo(3);
    assertThat(seen).containsExactly(1, 3);
  }
}
