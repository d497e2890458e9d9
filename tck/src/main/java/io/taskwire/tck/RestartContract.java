/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.Feature;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Connections that are lost after they were up: everything comes back by itself, and no future is forgotten. */
public abstract class RestartContract extends Contract {

  private static final int MANY = 1_000;

  /** For the transports. */
  protected RestartContract() {}

  private TaskQueue echoing(String task) {
    TaskQueue worker = bed().openShared("retry=50ms");
    worker.onAsync(task, Integer.class, Future::succeededFuture);
    Await.value(worker.start());
    return worker;
  }

  @Test
  void after_a_restart_of_the_idle_broker_the_next_submit_works() {
    assumeProcess();
    String task = bed().name("idle");
    TaskQueue worker = echoing(task);
    TaskQueue caller = bed().open("retry=50ms");
    assertThat(Await.value(caller.call(task, 1, Integer.class))).isEqualTo(1);

    broker().restart();
    bed().events(caller).await(Kind.DISCONNECTED, 1);

    assertThat(Await.value(caller.call(task, 2, Integer.class))).isEqualTo(2);
    assertThat(bed().events(caller).count(Kind.DISCONNECTED)).isEqualTo(1);
    assertThat(bed().events(worker).count(Kind.CONNECTED)).isEqualTo(2);
  }

  @Test
  void after_a_kill_of_the_idle_broker_all_handlers_are_there_again() {
    assumeProcess();
    List<String> tasks =
        IntStream.range(0, 5).mapToObj(i -> bed().name("one-of-five")).toList();
    TaskQueue queue = bed().open("retry=50ms");
    tasks.forEach(task -> queue.on(task, data -> task));
    Await.value(queue.start());

    for (int kill = 0; kill < 3; kill++) {
      broker().kill();
      bed().events(queue).await(Kind.DISCONNECTED, kill + 1);
      broker().start();
      for (String task : tasks) {
        assertThat(Await.value(queue.call(task, null))).isEqualTo(task);
      }
    }
  }

  @Test
  void a_submit_while_the_broker_is_down_waits_for_it() {
    assumeProcess();
    String task = bed().name("down");
    TaskQueue worker = echoing(task);
    TaskQueue caller = bed().open("retry=50ms");
    Await.value(caller.call(task, 1, Integer.class));
    broker().kill();
    bed().events(caller).await(Kind.DISCONNECTED, 1);
    bed().events(worker).await(Kind.DISCONNECTED, 1);

    Future<Integer> answer = caller.call(task, 2, Integer.class);
    bed().events(caller).await(Kind.RECONNECTING, 1);
    assertThat(answer.isComplete()).isFalse();
    broker().start();

    assertThat(Await.value(answer)).isEqualTo(2);
  }

  @Test
  void a_handler_registered_while_the_broker_is_down_becomes_live_with_it() {
    assumeProcess();
    String task = bed().name("registered-down");
    TaskQueue queue = bed().open("retry=50ms");
    Await.value(queue.start());
    broker().kill();
    bed().events(queue).await(Kind.DISCONNECTED, 1);

    Future<Void> live = queue.on(task, data -> "done").live();
    broker().start();

    Await.value(live);
    assertThat(Await.value(queue.call(task, null))).isEqualTo("done");
  }

  @Test
  void a_connection_that_is_cut_comes_back() {
    assumeProcess();
    TcpProxy proxy = bed().proxy();
    String task = bed().name("cut");
    TaskQueue queue = bed().openAt(through(proxy), "retry=50ms");
    queue.on(task, data -> "done");
    Await.value(queue.start());
    Await.value(queue.call(task, null));

    for (int cut = 0; cut < 5; cut++) {
      int before = proxy.accepted();
      proxy.cut();
      Await.until("a new connection", () -> proxy.accepted() > before);
      bed().events(queue).await(Kind.CONNECTED, cut + 2);
      assertThat(Await.value(queue.call(task, null))).isEqualTo("done");
    }
  }

  @Test
  void a_caller_that_loses_its_connection_learns_what_becomes_of_its_results() {
    assumeProcess();
    String task = bed().name("cut-caller");
    Promise<Void> finish = Promise.promise();
    TaskQueue worker = bed().openShared();
    worker.onAsync(task, Integer.class, number -> finish.future().map(number));
    Await.value(worker.start());
    TcpProxy proxy = bed().proxy();
    TaskQueue caller = bed().openAt(through(proxy), "retry=50ms");
    List<Future<Integer>> results = new ArrayList<>();
    for (int number = 0; number < 10; number++) {
      results.add(Await.value(caller.task(task, number, Integer.class)).result());
    }
    bed().events(worker).await(Kind.STARTED, 10);

    int before = proxy.accepted();
    proxy.cut();
    Await.until("a new connection", () -> proxy.accepted() > before);
    finish.complete();

    for (int number = 0; number < 10; number++) {
      if (transport().resultsSurviveReconnect()) {
        assertThat(Await.value(results.get(number))).isEqualTo(number);
      } else {
        Await.failure(results.get(number), OutcomeUnknownException.class);
      }
    }
    bed().events(caller).await(Kind.CONNECTED, 2);
    assertThat(Await.value(caller.call(task, 11, Integer.class))).isEqualTo(11);
  }

  @Test
  void of_a_thousand_tasks_in_flight_at_a_kill_each_is_accounted_for() {
    assumeProcess();
    String task = bed().name("in-flight");
    CountDownLatch release = new CountDownLatch(1);
    TaskQueue worker = bed().openShared("retry=50ms");
    worker.on(task, Integer.class, number -> {
      release.await();
      return number;
    });
    Await.value(worker.start());
    TaskQueue caller = bed().open("retry=50ms");
    List<TaskHandle<Integer>> handles = new ArrayList<>();
    List<Future<TaskHandle<Integer>>> accepted = IntStream.range(0, MANY)
        .mapToObj(number -> caller.task(task, number, Integer.class))
        .toList();
    accepted.forEach(handle -> handles.add(Await.value(handle)));
    bed().events(worker).await(Kind.STARTED, 1);

    broker().kill();
    release.countDown();
    broker().start();

    if (caller.capabilities().has(Feature.PERSISTENCE)) {
      for (int number = 0; number < MANY; number++) {
        assertThat(Await.value(handles.get(number).result())).isEqualTo(number);
      }
      return;
    }
    // This broker keeps nothing across its death, and so no result can come any more.
    for (TaskHandle<Integer> handle : handles) {
      OutcomeUnknownException failure =
          Await.failure(handle.result(), OutcomeUnknownException.class);
      assertThat(failure.taskId()).isEqualTo(handle.id());
      assertThat(failure.taskName()).isEqualTo(task);
      assertThat(failure.isSafeToRetry()).isFalse();
    }
    bed().events(caller).await(Kind.CONNECTED, 2);
    assertThat(Await.value(caller.call(task, 7, Integer.class))).isEqualTo(7);
  }

  @Test
  void of_a_thousand_submits_under_way_at_a_kill_each_is_accounted_for() {
    assumeProcess();
    String task = bed().name("under-way");
    echoing(task);
    TaskQueue caller = bed().open("retry=50ms");
    Await.value(caller.ping());

    List<Future<Integer>> calls = new ArrayList<>();
    for (int number = 0; number < MANY; number++) {
      calls.add(caller.call(task, number, Integer.class));
      if (number == MANY / 2) {
        broker().kill();
      }
    }
    broker().start();

    for (int number = 0; number < MANY; number++) {
      Future<Integer> call = calls.get(number);
      Await.done(call);
      if (call.succeeded()) {
        assertThat(call.result()).isEqualTo(number);
      } else {
        assertThat(call.cause())
            .isInstanceOfAny(OutcomeUnknownException.class, TaskConnectException.class);
      }
    }
    bed().events(caller).await(Kind.CONNECTED, 2);
    assertThat(Await.value(caller.call(task, MANY, Integer.class))).isEqualTo(MANY);
  }
}
