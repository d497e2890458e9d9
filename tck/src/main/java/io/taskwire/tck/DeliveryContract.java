/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.TaskContext;
import io.taskwire.TaskQueue;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whom a task is given to, and to whom next when that one is gone. */
public abstract class DeliveryContract extends Contract {

  /** For the transports. */
  protected DeliveryContract() {}

  @Test
  void a_task_whose_worker_dies_runs_again_at_another() {
    assumeProcess();
    String task = bed().name("dies");
    TcpProxy proxy = bed().proxy();
    Promise<TaskContext> begun = Promise.promise();
    TaskQueue dying = bed().openAt(through(proxy), "retry=50ms");
    dying.onAsync(task, (data, context) -> {
      begun.complete(context);
      return context.cancelled().map("of the dead");
    });
    Await.value(dying.start());
    TaskQueue caller = bed().open();
    Future<String> answer = caller.call(task, null, String.class);
    TaskContext lost = Await.value(begun.future());
    assertThat(lost.isCancelled()).isFalse();

    proxy.refuse();
    proxy.cut();
    TaskQueue other = bed().openShared();
    other.on(task, (data, context) -> "attempt " + context.attempt().orElse(2));
    Await.value(other.start());

    assertThat(Await.value(answer)).isEqualTo("attempt 2");
    // The one that lost its task has been told, and what it still says is dropped.
    Await.value(lost.cancelled());
    assertThat(lost.isCancelled()).isTrue();
    bed().events(dying).await(Kind.LEASE_LOST, task);
  }

  @Test
  void a_task_without_response_whose_worker_dies_runs_again_at_another() throws Exception {
    assumeProcess();
    String task = bed().name("dies-silent");
    TcpProxy proxy = bed().proxy();
    CountDownLatch begun = new CountDownLatch(1);
    TaskQueue dying = bed().openAt(through(proxy), "retry=50ms");
    dying.onAsync(task, (data, context) -> {
      begun.countDown();
      return context.cancelled();
    });
    Await.value(dying.start());
    Await.value(bed().open().send(task, null));
    begun.await();

    proxy.refuse();
    proxy.cut();
    CountDownLatch ranAgain = new CountDownLatch(1);
    TaskQueue other = bed().openShared();
    other.on(task, data -> {
      ranAgain.countDown();
      return null;
    });
    Await.value(other.start());

    ranAgain.await();
  }

  @Test
  void a_worker_that_comes_back_goes_on_working() {
    assumeProcess();
    String task = bed().name("back");
    TcpProxy proxy = bed().proxy();
    AtomicInteger runs = new AtomicInteger();
    TaskQueue worker = bed().openAt(through(proxy), "retry=50ms");
    worker.onAsync(
        task,
        (data, context) -> runs.incrementAndGet() == 1
            ? context.cancelled().map("first")
            : Future.succeededFuture("second"));
    Await.value(worker.start());
    Future<String> answer = bed().open().call(task, null, String.class);
    bed().events(worker).await(Kind.STARTED, task);

    proxy.cut();

    assertThat(Await.value(answer)).isEqualTo("second");
  }

  @Test
  void what_a_closing_worker_has_not_begun_is_run_once_by_another() throws Exception {
    String task = bed().name("given-back");
    Map<Integer, AtomicInteger> runs = new ConcurrentHashMap<>();
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch finish = new CountDownLatch(1);
    TaskQueue first = bed().openShared("concurrency=2");
    first.on(task, Integer.class, number -> {
      runs.computeIfAbsent(number, key -> new AtomicInteger()).incrementAndGet();
      begun.countDown();
      finish.await();
      return "first";
    });
    Await.value(first.start());
    TaskQueue caller = bed().open();
    List<Future<String>> answers = new ArrayList<>();
    for (int number = 0; number < 50; number++) {
      answers.add(Await.value(caller.task(task, number, String.class)).result());
    }
    begun.await();

    Future<Void> closed = first.shutdown();
    TaskQueue second = bed().openShared();
    second.on(task, Integer.class, number -> {
      runs.computeIfAbsent(number, key -> new AtomicInteger()).incrementAndGet();
      return "second";
    });
    Await.value(second.start());
    finish.countDown();

    Await.value(closed);
    Await.allDone(answers);
    assertThat(answers).allMatch(Future::succeeded);
    assertThat(answers.stream().filter(answer -> answer.result().equals("first")))
        .hasSize(2);
    assertThat(runs).hasSize(50);
    assertThat(runs.values()).allMatch(times -> times.get() == 1);
  }

  @Test
  void two_workers_share_the_tasks_of_a_name() {
    String task = bed().name("shared");
    CountDownLatch both = new CountDownLatch(2);
    for (int worker = 0; worker < 2; worker++) {
      String name = "worker " + worker;
      TaskQueue queue = bed().openShared("concurrency=1");
      queue.on(task, data -> {
        both.countDown();
        both.await();
        return name;
      });
      Await.value(queue.start());
    }
    TaskQueue caller = bed().open();

    Future<Object> one = caller.call(task, 1);
    Future<Object> two = caller.call(task, 2);

    assertThat(List.of(Await.value(one), Await.value(two)))
        .containsExactlyInAnyOrder("worker 0", "worker 1");
  }

  @Test
  void each_task_of_many_runs_once_while_nothing_fails() {
    String task = bed().name("once");
    Map<Integer, AtomicInteger> runs = new ConcurrentHashMap<>();
    for (int worker = 0; worker < 3; worker++) {
      TaskQueue queue = bed().openShared();
      queue.on(
          task,
          Integer.class,
          number -> runs.computeIfAbsent(number, key -> new AtomicInteger()).incrementAndGet());
      Await.value(queue.start());
    }
    TaskQueue caller = bed().open();
    List<Future<Integer>> answers = new ArrayList<>();
    for (int number = 0; number < 1_000; number++) {
      answers.add(caller.call(task, number, Integer.class));
    }

    for (Future<Integer> answer : answers) {
      assertThat(Await.value(answer)).isEqualTo(1);
    }
    assertThat(runs).hasSize(1_000);
  }
}
