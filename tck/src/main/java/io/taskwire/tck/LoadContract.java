/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many at once. */
public abstract class LoadContract extends Contract {

  private static final int MANY = 10_000;

  /** For the transports. */
  protected LoadContract() {}

  @Test
  void ten_thousand_tasks_in_flight_all_come_back() {
    String task = bed().name("echo");
    TaskQueue worker = bed().openShared();
    worker.onAsync(task, Integer.class, Future::succeededFuture);
    Await.value(worker.start());
    TaskQueue caller = bed().open();

    List<Future<Integer>> answers = IntStream.range(0, MANY)
        .mapToObj(number -> caller.call(task, number, Integer.class))
        .toList();

    for (int number = 0; number < MANY; number++) {
      assertThat(Await.value(answers.get(number))).isEqualTo(number);
    }
  }

  @Test
  void ten_thousand_tasks_wait_for_their_worker_to_come() {
    String task = bed().name("waiting");
    TaskQueue caller = bed().open();
    List<Future<TaskHandle<Integer>>> accepted = IntStream.range(0, MANY)
        .mapToObj(number -> caller.task(task, number, Integer.class))
        .toList();
    Await.allDone(accepted);
    assertThat(accepted).allMatch(Future::succeeded);

    TaskQueue worker = bed().openShared();
    worker.onAsync(task, Integer.class, number -> Future.succeededFuture(number * 2));
    Await.value(worker.start());

    for (int number = 0; number < MANY; number++) {
      assertThat(Await.value(accepted.get(number).result().result())).isEqualTo(number * 2);
    }
  }

  @Test
  void ten_thousand_tasks_without_response_all_run() {
    String task = bed().name("silent");
    AtomicInteger sum = new AtomicInteger();
    TaskQueue worker = bed().openShared();
    worker.onAsync(task, Integer.class, number -> {
      sum.addAndGet(number);
      return Future.succeededFuture();
    });
    Await.value(worker.start());
    TaskQueue caller = bed().open();

    List<Future<String>> sent =
        IntStream.range(0, MANY).mapToObj(number -> caller.send(task, number)).toList();

    Await.allDone(sent);
    assertThat(sent).allMatch(Future::succeeded);
    Await.until("all tasks have run", () -> sum.get() == MANY / 2 * (MANY - 1));
  }

  @Test
  void blocking_handlers_keep_up() {
    String task = bed().name("blocking");
    TaskQueue worker = bed().openShared("concurrency=16");
    worker.on(task, Integer.class, number -> number + 1);
    Await.value(worker.start());
    TaskQueue caller = bed().open();

    List<Future<Integer>> answers = IntStream.range(0, MANY / 2)
        .mapToObj(number -> caller.call(task, number, Integer.class))
        .toList();

    for (int number = 0; number < MANY / 2; number++) {
      assertThat(Await.value(answers.get(number))).isEqualTo(number + 1);
    }
  }

  @Test
  void several_threads_submit_to_one_queue_at_once() throws InterruptedException {
    String task = bed().name("threads");
    TaskQueue worker = bed().openShared();
    worker.onAsync(task, Integer.class, Future::succeededFuture);
    Await.value(worker.start());
    TaskQueue caller = bed().open();
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      int base = thread * 500;
      threads.add(new Thread(() -> {
        for (int number = base; number < base + 500; number++) {
          int answer = Await.value(caller.call(task, number, Integer.class));
          if (answer != number) {
            wrong.add(answer + " in place of " + number);
          }
        }
      }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void a_queue_may_serve_more_names_than_it_has_connections() {
    List<String> names =
        IntStream.range(0, 200).mapToObj(i -> bed().name("one-of-many")).toList();
    TaskQueue worker = bed().openShared();
    names.forEach(name -> worker.onAsync(name, data -> Future.succeededFuture(name)));
    Await.value(worker.start());
    TaskQueue caller = bed().open();

    List<Future<Object>> answers =
        names.stream().map(name -> caller.call(name, null)).toList();

    for (int i = 0; i < names.size(); i++) {
      assertThat(Await.value(answers.get(i))).isEqualTo(names.get(i));
    }
  }
}
