/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskwire.FailureCode;
import io.taskwire.Feature;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskException;
import io.taskwire.TaskFailure;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that wait for a caller who has a name, and comes back under it. */
public abstract class DurableResultsContract extends Contract {

  private static final int SOME = 20;

  private String clientId = "";

  /** For the transports. */
  protected DurableResultsContract() {}

  @Override
  protected final Broker makeBroker() {
    return transport().newPersistentBroker().orElseGet(transport()::newBroker);
  }

  @BeforeEach
  final void nameTheCaller() {
    List<String> options = transport().optionsFor(Feature.DURABLE_RESULTS);
    assumeTrue(
        !options.isEmpty(), "skipped: the transport has no " + Feature.DURABLE_RESULTS.label());
    clientId = bed().name("caller");
  }

  private String[] asCaller(String... more) {
    return Stream.concat(
            transport().optionsFor(Feature.DURABLE_RESULTS).stream()
                .map(option -> option.startsWith("clientId=") ? "clientId=" + clientId : option),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private TaskQueue caller(String... more) {
    return bed().open(asCaller(more));
  }

  private TaskQueue worker(TaskType<Integer, Integer> type) {
    TaskQueue worker = bed().openShared("retry=50ms");
    worker.on(type, number -> number + 1);
    Await.value(worker.start());
    return worker;
  }

  private TaskType<Integer, Integer> type() {
    return TaskType.of(bed().name("durable"), Integer.class, Integer.class);
  }

  @Test
  void a_caller_that_stays_gets_its_results_as_ever() {
    TaskType<Integer, Integer> type = type();
    worker(type);
    TaskQueue caller = caller();

    Set<String> ids = new HashSet<>();
    for (int number = 0; number < SOME; number++) {
      TaskHandle<Integer> handle = Await.value(caller.task(type, number));
      ids.add(handle.id());
      assertThat(Await.value(handle.result())).isEqualTo(number + 1);
    }
    assertThat(ids).hasSize(SOME);
    assertThat(bed().events(caller).count(Kind.LATE_REPLY)).isZero();
  }

  @Test
  void the_handler_knows_the_task_by_the_same_id() {
    TaskType<Integer, String> type =
        TaskType.of(bed().name("same-id"), Integer.class, String.class);
    TaskQueue worker = bed().openShared();
    worker.on(type, (number, context) -> context.id());
    Await.value(worker.start());

    TaskHandle<String> handle = Await.value(caller().task(type, 1));

    assertThat(Await.value(handle.result())).isEqualTo(handle.id());
  }

  @Test
  void a_caller_that_went_before_its_tasks_ran_gets_their_results_when_it_comes_back() {
    TaskType<Integer, Integer> type = type();
    TaskQueue first = caller();
    List<String> ids = submitSome(first, type);
    first.close();

    TaskQueue second = caller();
    List<TaskHandle<Integer>> handles = attach(second, type, ids);
    worker(type);

    assertResults(handles);
  }

  @Test
  void results_that_came_while_nobody_was_there_wait() {
    TaskType<Integer, Integer> type = type();
    TaskQueue first = caller();
    List<String> ids = submitSome(first, type);
    first.close();
    TaskQueue worker = worker(type);
    bed().events(worker).await(Kind.FINISHED, SOME);

    assertResults(attach(caller(), type, ids));
  }

  @Test
  void results_that_come_before_somebody_attaches_to_them_are_held() {
    TaskType<Integer, Integer> type = type();
    TaskQueue first = caller();
    List<String> ids = submitSome(first, type);
    first.close();
    TaskQueue worker = worker(type);
    bed().events(worker).await(Kind.FINISHED, SOME);
    TaskQueue second = caller();
    // One of its own, submitted behind them: the others have come by then too.
    assertThat(Await.value(second.call(type, 1))).isEqualTo(2);

    assertResults(attach(second, type, ids));
  }

  @Test
  void results_that_were_held_and_not_fetched_wait_for_the_next_life_of_the_caller() {
    TaskType<Integer, Integer> type = type();
    TaskQueue first = caller();
    List<String> ids = submitSome(first, type);
    first.close();
    worker(type);
    TaskQueue second = caller();
    assertThat(Await.value(second.call(type, 1))).isEqualTo(2);
    second.close();

    assertResults(attach(caller(), type, ids));
  }

  @Test
  void a_failure_waits_like_a_result() {
    TaskType<Integer, Integer> type = type();
    TaskQueue first = caller();
    String id = Await.value(first.task(type, 1)).id();
    first.close();
    TaskQueue worker = bed().openShared();
    worker.on(type, number -> {
      throw new TaskFailure("no-stock", "none of " + number, "aisle 3");
    });
    Await.value(worker.start());

    RemoteTaskException failure =
        Await.failure(caller().attach(id, type).result(), RemoteTaskException.class);

    assertThat(failure.code()).isEqualTo(FailureCode.HANDLER);
    assertThat(failure.remoteType()).isEqualTo("no-stock");
    assertThat(failure.remoteMessage()).isEqualTo("none of 1");
    assertThat(failure.taskId()).isEqualTo(id);
  }

  @Test
  void a_result_reaches_every_handle_that_waits_and_none_later() {
    TaskType<Integer, Integer> type = type();
    TaskQueue caller = caller("resultTimeout=2s");
    TaskHandle<Integer> submitted = Await.value(caller.task(type, 1));
    TaskHandle<Integer> attached = caller.attach(submitted.id(), type);
    worker(type);

    assertThat(Await.value(submitted.result())).isEqualTo(2);
    assertThat(Await.value(attached.result())).isEqualTo(2);
    Await.failure(caller.attach(submitted.id(), type).result(), TaskException.class);
  }

  @Test
  void an_id_that_never_was_ends_at_the_latest_with_its_time() {
    TaskQueue caller = caller("resultTimeout=2s");

    Await.failure(caller.attach("no-such-id", type()).result(), TaskException.class);
  }

  @Test
  void an_abandoned_result_is_dropped_and_counted() {
    TaskType<Integer, Integer> type = type();
    TaskQueue caller = caller();
    TaskHandle<Integer> handle = Await.value(caller.task(type, 1));
    handle.abandon();
    Await.value(caller.ping());

    worker(type);

    bed().events(caller).await(Kind.LATE_REPLY, 1);
  }

  @Test
  void a_caller_whose_connection_breaks_waits_on() {
    assumeProcess();
    TaskType<Integer, Integer> type = type();
    TcpProxy proxy = bed().proxy();
    TaskQueue caller = bed().openAt(through(proxy), asCaller("retry=50ms"));
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int number = 0; number < SOME; number++) {
      handles.add(Await.value(caller.task(type, number)));
    }

    proxy.cut();
    worker(type);

    assertResults(handles);
  }

  @Test
  void a_task_whose_worker_is_lost_runs_again_and_its_result_comes_once() {
    assumeProcess();
    TaskType<Integer, Integer> type = type();
    TcpProxy proxy = bed().proxy();
    Promise<Void> begun = Promise.promise();
    TaskQueue lost = bed().openAt(through(proxy), "retry=1h");
    lost.onAsync(type, number -> {
      begun.tryComplete();
      return bed().vertx().timer(100).map(-1);
    });
    Await.value(lost.start());
    TaskHandle<Integer> handle = Await.value(caller().task(type, 1));
    Await.value(begun.future());

    proxy.close();
    worker(type);

    assertThat(Await.value(handle.result())).isEqualTo(2);
  }

  @Test
  void the_broker_may_be_killed_while_the_caller_is_away() {
    assumeTrue(
        transport().newPersistentBroker().isPresent(),
        "skipped: the transport has no broker for " + Feature.PERSISTENCE.label());
    TaskType<Integer, Integer> type = type();
    TaskQueue first = caller();
    List<String> ids = submitSome(first, type);
    first.close();

    broker().kill();
    broker().start();
    TaskQueue worker = worker(type);
    bed().events(worker).await(Kind.FINISHED, SOME);
    broker().kill();
    broker().start();

    assertResults(attach(caller("retry=50ms"), type, ids));
  }

  @Test
  void the_broker_may_be_killed_while_the_caller_waits() {
    assumeTrue(
        transport().newPersistentBroker().isPresent(),
        "skipped: the transport has no broker for " + Feature.PERSISTENCE.label());
    TaskType<Integer, Integer> type = type();
    TaskQueue caller = caller("retry=50ms");
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int number = 0; number < SOME; number++) {
      handles.add(Await.value(caller.task(type, number)));
    }

    broker().kill();
    broker().start();
    worker(type);

    assertResults(handles);
  }

  @Test
  void listening_for_progress_works_or_is_refused() {
    TaskType<Integer, Integer> type = type();
    TaskQueue caller = caller();
    TaskHandle<Integer> handle = Await.value(caller.task(type, 1));
    Promise<Void> heard = Promise.promise();
    boolean listening = true;
    try {
      handle.onProgress(progress -> heard.tryComplete());
    } catch (UnsupportedOptionException refused) {
      assertThat(refused.feature()).isEqualTo(Feature.PROGRESS);
      listening = false;
    }
    TaskQueue worker = bed().openShared();
    worker.onAsync(type, (number, context) -> context.progress(1, 2).map(number + 1));
    Await.value(worker.start());

    assertThat(Await.value(handle.result())).isEqualTo(2);
    if (listening) {
      Await.value(heard.future());
    } else {
      assertThatThrownBy(() -> handle.onData(chunk -> {}))
          .isInstanceOf(UnsupportedOptionException.class);
    }
  }

  @Test
  void cancelling_ends_the_wait_or_says_that_it_is_too_late() {
    TaskType<Integer, Integer> type = type();
    TaskQueue caller = caller();
    assumeFeature(caller, Feature.CANCEL_QUEUED);
    TaskHandle<Integer> handle = Await.value(caller.task(type, 1));

    assertThat(Await.value(handle.cancel())).isTrue();

    Await.failure(handle.result(), io.taskwire.TaskCancelledException.class);
    worker(type);
    Future<Integer> next = caller.call(type, 5, SubmitOptions.create());
    assertThat(Await.value(next)).isEqualTo(6);
  }

  private static List<String> submitSome(TaskQueue caller, TaskType<Integer, Integer> type) {
    List<String> ids = new ArrayList<>();
    for (int number = 0; number < SOME; number++) {
      ids.add(Await.value(caller.task(type, number)).id());
    }
    return ids;
  }

  private static List<TaskHandle<Integer>> attach(
      TaskQueue caller, TaskType<Integer, Integer> type, List<String> ids) {
    return ids.stream().map(id -> caller.attach(id, type)).toList();
  }

  private static void assertResults(List<TaskHandle<Integer>> handles) {
    for (int number = 0; number < handles.size(); number++) {
      assertThat(Await.value(handles.get(number).result())).isEqualTo(number + 1);
    }
  }
}
