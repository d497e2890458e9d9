/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.HandlerOptions;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.beanstalk.connection.RawClient;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.bed.TestBed;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.proxy.Direction;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The broker is killed at each step of a task's life, with a binlog and without. A proxy keeps back the answers from
 * which the other side would have learned that the step was done.
 */
@Timeout(120)
class BrokerKilledTest extends OneBrokerTest {

  private static final int TASKS = 100;
  private static final TaskType<Integer, Integer> ECHO =
      TaskType.of("echo", Integer.class, Integer.class);

  private enum Kept {
    IN_BINLOG,
    IN_MEMORY
  }

  /** How often the handler was begun with each number. */
  private final AtomicIntegerArray runs = new AtomicIntegerArray(TASKS);

  private final Promise<Void> finish = Promise.promise();
  private final Promise<Context> loop = Promise.promise();

  private TestBed bed(Kept kept) {
    return on(kept == Kept.IN_BINLOG ? BeanstalkdBroker.withBinlog() : BeanstalkdBroker.create());
  }

  private static TaskQueue through(TestBed bed, TcpProxy proxy) {
    return bed.openAt(bed.broker().urlThrough(proxy.port()), "retry=50ms");
  }

  /** Holds every task until {@link #finish}, then answers with what it was given. */
  private void hold(TaskQueue worker) {
    worker.onAsync(ECHO, HandlerOptions.create().concurrency(TASKS), number -> {
      runs.incrementAndGet(number);
      loop.tryComplete(Vertx.currentContext());
      return finish.future().map(number);
    });
    Await.value(worker.start());
  }

  /** In one turn of the worker's event loop: what ends later may wait for answers to what ended before. */
  private void finishTogether() {
    Await.value(loop.future()).runOnContext(turn -> finish.complete());
  }

  private static List<TaskHandle<Integer>> accepted(TaskQueue caller) {
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int number = 0; number < TASKS; number++) {
      handles.add(Await.value(caller.task(ECHO, number)));
    }
    return handles;
  }

  private static void dieAndComeBack(TestBed bed, TcpProxy proxy) {
    bed.broker().kill();
    proxy.cut();
    proxy.resume();
    bed.broker().start();
  }

  private int runsOfAll() {
    int all = 0;
    for (int number = 0; number < TASKS; number++) {
      all += runs.get(number);
    }
    return all;
  }

  private void awaitRuns(int each) {
    Await.until(each + " runs of each task", () -> {
      for (int number = 0; number < TASKS; number++) {
        if (runs.get(number) < each) {
          return false;
        }
      }
      return true;
    });
  }

  private static void awaitQuiet(TestBed bed) {
    Await.until(
        "an empty tube",
        () -> number(bed, "current-jobs-ready") == 0
            && number(bed, "current-jobs-reserved") == 0
            && number(bed, "current-jobs-delayed") == 0);
  }

  private static int number(TestBed bed, String key) {
    try (RawClient client = new RawClient(bed.broker().port())) {
      return number(client, ECHO.name(), key);
    }
  }

  private static int number(RawClient client, String tube, String key) {
    return client
        .ask("stats-tube " + tube)
        .lines()
        .filter(line -> line.startsWith(key + ": "))
        .mapToInt(line -> Integer.parseInt(line.substring(key.length() + 2)))
        .findFirst()
        .orElse(0);
  }

  private static int callersWaiting(TestBed bed) {
    try (RawClient client = new RawClient(bed.broker().port())) {
      return client
          .ask("list-tubes")
          .lines()
          .filter(line -> line.startsWith("- tw.r."))
          .mapToInt(line -> number(client, line.substring(2), "current-waiting"))
          .sum();
    }
  }

  private static void assertUnknown(TaskHandle<Integer> handle) {
    OutcomeUnknownException failure = Await.failure(handle.result(), OutcomeUnknownException.class);
    assertThat(failure.taskId()).isEqualTo(handle.id());
    assertThat(failure.isSafeToRetry()).isFalse();
  }

  private static void assertAnswered(List<TaskHandle<Integer>> handles) {
    for (int number = 0; number < TASKS; number++) {
      assertThat(Await.value(handles.get(number).result())).isEqualTo(number);
    }
  }

  @ParameterizedTest
  @EnumSource
  void
      before_the_answer_to_a_put_reaches_the_caller_its_outcome_is_unknown_and_nothing_is_sent_twice(
          Kept kept) {
    TestBed bed = bed(kept);
    TcpProxy proxy = bed.proxy();
    TaskQueue caller = through(bed, proxy);
    Await.value(caller.ping());
    proxy.stall(Direction.TO_CLIENT);
    List<Future<TaskHandle<Integer>>> submits = new ArrayList<>();
    for (int number = 0; number < TASKS; number++) {
      submits.add(caller.task(ECHO, number));
    }
    Await.until("all jobs at the broker", () -> number(bed, "current-jobs-ready") == TASKS);

    dieAndComeBack(bed, proxy);

    for (Future<TaskHandle<Integer>> submit : submits) {
      OutcomeUnknownException failure = Await.failure(submit, OutcomeUnknownException.class);
      assertThat(failure.isSafeToRetry()).isFalse();
    }
    finish.complete();
    hold(bed.openShared("retry=50ms"));
    if (kept == Kept.IN_BINLOG) {
      awaitRuns(1);
    }
    awaitQuiet(bed);
    assertThat(runsOfAll()).isEqualTo(kept == Kept.IN_BINLOG ? TASKS : 0);
  }

  @ParameterizedTest
  @EnumSource
  void while_the_tasks_wait_in_their_tube_a_binlog_keeps_them_and_else_their_fate_is_told(
      Kept kept) {
    TestBed bed = bed(kept);
    TaskQueue caller = bed.open("retry=50ms");
    List<TaskHandle<Integer>> handles = accepted(caller);

    bed.broker().kill();
    bed.broker().start();

    finish.complete();
    hold(bed.openShared("retry=50ms"));
    if (kept == Kept.IN_BINLOG) {
      assertAnswered(handles);
      assertThat(runsOfAll()).isEqualTo(TASKS);
    } else {
      handles.forEach(BrokerKilledTest::assertUnknown);
      assertThat(runsOfAll()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void while_handlers_run_they_lose_their_leases_and_the_tasks_of_a_binlog_run_again(Kept kept) {
    TestBed bed = bed(kept);
    TaskQueue worker = bed.openShared("retry=50ms");
    hold(worker);
    TaskQueue caller = bed.open("retry=50ms");
    List<TaskHandle<Integer>> handles = accepted(caller);
    bed.events(worker).await(Kind.STARTED, TASKS);

    bed.broker().kill();
    bed.events(worker).await(Kind.DISCONNECTED, 1);
    bed.broker().start();
    if (kept == Kept.IN_BINLOG) {
      bed.events(worker).await(Kind.CONNECTED, 2);
    } else {
      handles.forEach(BrokerKilledTest::assertUnknown);
    }
    finish.complete();

    if (kept == Kept.IN_BINLOG) {
      assertAnswered(handles);
      // What the first runs gave was dropped, since their leases were lost.
      bed.events(worker).await(Kind.LEASE_LOST, TASKS);
      assertThat(runsOfAll()).isEqualTo(2 * TASKS);
      assertThat(bed.events(caller).count(Kind.LATE_REPLY)).isZero();
    } else {
      assertThat(Await.value(caller.call(ECHO, 0))).isZero();
      assertThat(runsOfAll()).isEqualTo(TASKS + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void between_reply_and_delete_the_caller_has_its_result_once_and_a_second_reply_is_counted(
      Kept kept) {
    TestBed bed = bed(kept);
    TcpProxy proxy = bed.proxy();
    TaskQueue worker = through(bed, proxy);
    hold(worker);
    TaskQueue caller = bed.open("retry=50ms");
    List<TaskHandle<Integer>> handles = accepted(caller);
    bed.events(worker).await(Kind.STARTED, TASKS);
    proxy.stall(Direction.TO_CLIENT);
    finishTogether();
    // The replies were put, and their worker has not heard of it: it deletes nothing.
    assertAnswered(handles);
    assertThat(number(bed, "current-jobs-reserved")).isEqualTo(TASKS);

    dieAndComeBack(bed, proxy);

    if (kept == Kept.IN_BINLOG) {
      bed.events(caller).await(Kind.LATE_REPLY, TASKS);
      assertThat(runsOfAll()).isEqualTo(2 * TASKS);
    } else {
      assertThat(Await.value(caller.call(ECHO, 0))).isZero();
      assertThat(runsOfAll()).isEqualTo(TASKS + 1);
    }
    assertThat(bed.events(caller).count(Kind.COMPLETED))
        .isEqualTo(kept == Kept.IN_BINLOG ? TASKS : TASKS + 1);
  }

  @ParameterizedTest
  @EnumSource
  void behind_a_delete_whose_answer_is_lost_nothing_runs_again(Kept kept) {
    TestBed bed = bed(kept);
    TcpProxy proxy = bed.proxy();
    TaskQueue worker = through(bed, proxy);
    hold(worker);
    TaskQueue caller = bed.open("retry=50ms");
    for (int number = 0; number < TASKS; number++) {
      Await.value(caller.send(ECHO, number, SubmitOptions.noResponse()));
    }
    bed.events(worker).await(Kind.STARTED, TASKS);
    proxy.stall(Direction.TO_CLIENT);
    finishTogether();
    Await.until("all jobs deleted", () -> number(bed, "current-jobs-reserved") == 0);

    dieAndComeBack(bed, proxy);

    assertThat(Await.value(caller.call(ECHO, 0))).isZero();
    assertThat(runsOfAll()).isEqualTo(TASKS + 1);
  }

  @ParameterizedTest
  @EnumSource
  void before_the_caller_has_deleted_a_reply_it_comes_again_at_most_and_counts_as_late(Kept kept) {
    TestBed bed = bed(kept);
    TaskQueue worker = bed.openShared("retry=50ms");
    AtomicInteger begun = new AtomicInteger();
    worker.onAsync(ECHO, number -> {
      begun.incrementAndGet();
      return finish.future().map(number);
    });
    Await.value(worker.start());
    TcpProxy proxy = bed.proxy();
    TaskQueue caller = through(bed, proxy);
    TaskHandle<Integer> handle = Await.value(caller.task(ECHO, 7));
    Await.until("the handler", () -> begun.get() == 1);
    Await.until("the caller's reserve", () -> callersWaiting(bed) == 1);
    // What it sends from now on does not arrive.
    proxy.stall(Direction.TO_SERVER);
    finish.complete();
    assertThat(Await.value(handle.result())).isEqualTo(7);
    awaitQuiet(bed);

    dieAndComeBack(bed, proxy);

    bed.events(caller).await(Kind.CONNECTED, 2);
    TaskHandle<Integer> next = Await.value(caller.task(ECHO, 8));
    assertThat(Await.value(next.result())).isEqualTo(8);
    if (kept == Kept.IN_BINLOG) {
      bed.events(caller).await(Kind.LATE_REPLY, 1);
    }
    assertThat(bed.events(caller).count(Kind.COMPLETED)).isEqualTo(2);
    assertThat(begun).hasValue(2);
  }
}
