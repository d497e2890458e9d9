/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.HandlerOptions;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.Raw;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskType;
import io.taskwire.beanstalk.connection.RawClient;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.bed.TestBed;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that are full, in drain mode, or out of reach while they hold what is dear to somebody. */
@Timeout(180)
class IllTreatedBrokerTest extends OneBrokerTest {

  private static final TaskType<Integer, Integer> ECHO =
      TaskType.of("echo", Integer.class, Integer.class);

  /** The death of the broker is survived without waiting for the disk at each job. */
  private static BeanstalkdBroker broker(boolean binlog) {
    return binlog ? BeanstalkdBroker.withUnsyncedBinlog() : BeanstalkdBroker.create();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void drain_mode_refuses_new_tasks_and_a_binlog_keeps_those_whose_replies_it_refuses(
      boolean binlog) {
    int tasks = 20;
    Promise<Void> finish = Promise.promise();
    BeanstalkdBroker broker = broker(binlog);
    TestBed bed = on(broker);
    TaskQueue worker = bed.openShared("retry=50ms");
    worker.onAsync(
        ECHO,
        HandlerOptions.create().concurrency(tasks),
        number -> finish.future().map(number));
    Await.value(worker.start());
    TaskQueue caller = bed.open("retry=50ms");
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int number = 0; number < tasks; number++) {
      handles.add(Await.value(caller.task(ECHO, number)));
    }
    bed.events(worker).await(Kind.STARTED, tasks);

    broker.drain();
    TaskRejectedException refused =
        Await.failure(caller.send(ECHO, 1), TaskRejectedException.class);
    assertThat(refused.reason()).isEqualTo(TaskRejectedException.Reason.BROKER_FULL);
    assertThat(refused.isSafeToRetry()).isTrue();
    finish.complete();
    try (RawClient raw = new RawClient(broker.port())) {
      Await.until(
          "all tasks given back",
          () -> raw.ask("stats-tube echo").contains("current-jobs-delayed: " + tasks + "\n"));
    }
    broker.restart();

    for (int number = 0; number < tasks; number++) {
      Future<Integer> result = handles.get(number).result();
      if (binlog) {
        assertThat(Await.value(result)).isEqualTo(number);
      } else {
        Await.failure(result, OutcomeUnknownException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void worker_behind_a_half_open_connection_loses_its_lease_and_another_answers(boolean binlog) {
    AtomicInteger runs = new AtomicInteger();
    Promise<Integer> never = Promise.promise();
    BeanstalkdBroker broker = broker(binlog);
    TestBed bed = on(broker);
    TcpProxy proxy = bed.proxy();
    TaskQueue first = bed.openAt(broker.urlThrough(proxy.port()), "retry=50ms");
    first.onAsync(ECHO, (number, context) -> {
      runs.incrementAndGet();
      context.cancelled().onComplete(cancelled -> never.tryComplete(-1));
      return never.future();
    });
    Await.value(first.start());
    TaskQueue caller = bed.open("ttr=5s");
    TaskHandle<Integer> handle = Await.value(caller.task(ECHO, 7));
    bed.events(first).await(Kind.STARTED, 1);

    try (RawClient raw = new RawClient(broker.port())) {
      Await.until("a lease that is kept", () -> !raw.ask("stats").contains("cmd-touch: 0\n"));
    }
    proxy.stall();
    TaskQueue second = bed.openShared();
    second.onAsync(ECHO, number -> {
      runs.incrementAndGet();
      return Future.succeededFuture(number);
    });
    Await.value(second.start());

    assertThat(Await.value(never.future())).as("the handler was told").isEqualTo(-1);
    // The broker may forget the time to run of a silent connection, but not its end.
    proxy.cut();
    assertThat(Await.value(handle.result())).isEqualTo(7);
    bed.events(first).await(Kind.LEASE_LOST, 1);
    proxy.resume();
    bed.events(first).await(Kind.CONNECTED, 2);
    Await.value(first.ping());
    assertThat(runs).hasValue(2);
    assertThat(bed.events(caller).count(Kind.LATE_REPLY)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void caller_behind_a_half_open_connection_gets_its_results_when_it_opens_again(boolean binlog) {
    int tasks = 100;
    Promise<Void> finish = Promise.promise();
    BeanstalkdBroker broker = broker(binlog);
    TestBed bed = on(broker);
    TaskQueue worker = bed.openShared();
    worker.onAsync(
        ECHO,
        HandlerOptions.create().concurrency(tasks),
        number -> finish.future().map(number));
    Await.value(worker.start());
    TcpProxy proxy = bed.proxy();
    TaskQueue caller = bed.openAt(broker.urlThrough(proxy.port()), "retry=50ms");
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    for (int number = 0; number < tasks; number++) {
      handles.add(Await.value(caller.task(ECHO, number)));
    }
    bed.events(worker).await(Kind.STARTED, tasks);

    proxy.stall();
    finish.complete();
    bed.events(worker).await(Kind.FINISHED, tasks);
    proxy.resume();

    for (int number = 0; number < tasks; number++) {
      assertThat(Await.value(handles.get(number).result())).isEqualTo(number);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ten_thousand_tubes_of_others_are_left_alone_and_tasks_still_pass(boolean binlog) {
    int tubes = 10_000;
    int tasks = 2_000;
    BeanstalkdBroker broker = broker(binlog);
    TestBed bed = on(broker);
    try (RawClient raw = new RawClient(broker.port())) {
      for (int tube = 0; tube < tubes; tube++) {
        raw.put("other-" + tube, 60, "x");
      }
      TaskQueue queue = bed.openShared();
      queue.onAsync(ECHO, Future::succeededFuture);
      Await.value(queue.start());

      List<Future<Integer>> results = new ArrayList<>();
      for (int number = 0; number < tasks; number++) {
        results.add(queue.call(ECHO, number));
      }
      for (int number = 0; number < tasks; number++) {
        assertThat(Await.value(results.get(number))).isEqualTo(number);
      }
      assertThat(raw.ask("stats")).contains("current-jobs-ready: " + tubes + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_hundred_thousand_preloaded_tasks_are_drained_each_run_once(boolean binlog) {
    int tasks = 100_000;
    int together = 10_000;
    AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
    AtomicInteger all = new AtomicInteger();
    BeanstalkdBroker broker = broker(binlog);
    TestBed bed = on(broker);
    TaskQueue caller = bed.open();
    for (int number = 0; number < tasks; ) {
      List<Future<String>> sends = new ArrayList<>();
      for (int end = number + together; number < end; number++) {
        sends.add(caller.send(ECHO, number, SubmitOptions.noResponse()));
      }
      assertThat(Await.within(Duration.ofSeconds(60), () -> Future.all(sends).isComplete()))
          .isTrue();
      sends.forEach(Await::value);
    }

    TaskQueue worker = bed.openShared();
    worker.onAsync(ECHO, number -> {
      runs.incrementAndGet(number);
      all.incrementAndGet();
      return Future.succeededFuture(number);
    });
    Await.value(worker.start());

    assertThat(Await.within(Duration.ofSeconds(60), () -> all.get() >= tasks)).isTrue();
    try (RawClient raw = new RawClient(broker.port())) {
      Await.until("an empty broker", () -> raw.ask("stats").contains("current-jobs-reserved: 0\n"));
      assertThat(raw.ask("stats")).contains("current-jobs-ready: 0\n");
    }
    for (int number = 0; number < tasks; number++) {
      assertThat(runs.get(number)).as("runs of task %s", number).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_task_too_big_is_rejected_and_the_next_one_passes(boolean binlog) {
    TestBed bed = on(broker(binlog));
    TaskQueue queue = bed.openShared();
    queue.on("bytes", Raw.RAW, bytes -> bytes);
    Await.value(queue.start());

    TaskRejectedException refused = Await.failure(
        queue.call(
            "bytes", Raw.RAW, Buffer.buffer(new byte[BeanstalkdBroker.DEFAULT_MAX_JOB_SIZE])),
        TaskRejectedException.class);

    assertThat(refused.reason()).isEqualTo(TaskRejectedException.Reason.TOO_LARGE);
    Buffer small = Buffer.buffer("small");
    assertThat(Await.value(queue.call("bytes", Raw.RAW, small))).isEqualTo(small);
  }
}
