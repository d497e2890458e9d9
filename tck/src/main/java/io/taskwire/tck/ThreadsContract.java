/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.HandlerOptions;
import io.taskwire.RemoteTaskException;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which thread does what, and where waiting is allowed. */
public abstract class ThreadsContract extends Contract {

  /** For the transports. */
  protected ThreadsContract() {}

  @Test
  void a_blocking_handler_does_not_run_on_an_event_loop() {
    String task = bed().name("thread");
    TaskQueue queue = bed().open();
    queue.on(task, data -> Context.isOnEventLoopThread() || Context.isOnWorkerThread());
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, null))).isEqualTo(false);
  }

  @Test
  void blocking_handlers_may_submit_tasks_and_await_them() {
    String parent = bed().name("parent");
    String child = bed().name("child");
    TaskQueue queue = bed().open("concurrency=4");
    queue.on(child, Integer.class, number -> number + 1);
    queue.on(parent, Integer.class, number -> {
      int first = queue.call(child, number, Integer.class).await();
      return queue.task(child, first, Integer.class).await().result().await();
    });
    Await.value(queue.start());

    List<Future<Integer>> results = IntStream.range(0, 40)
        .mapToObj(number -> queue.call(parent, number, Integer.class))
        .toList();
    for (int number = 0; number < 40; number++) {
      assertThat(Await.value(results.get(number))).isEqualTo(number + 2);
    }
  }

  @Test
  void a_task_may_await_its_own_kind_as_deep_as_the_concurrency() {
    TaskType<Integer, Integer> factorial =
        TaskType.of(bed().name("factorial"), Integer.class, Integer.class);
    TaskQueue queue = bed().open();
    queue.on(
        factorial,
        HandlerOptions.create().concurrency(8),
        number -> number <= 1 ? 1 : number * queue.call(factorial, number - 1).await());
    Await.value(queue.start());

    assertThat(Await.value(queue.call(factorial, 8))).isEqualTo(40_320);
  }

  @Test
  void blocking_handlers_run_as_many_at_once_as_their_concurrency_allows_and_no_more()
      throws InterruptedException {
    TaskType<Integer, Integer> type =
        TaskType.of(bed().name("two-at-once"), Integer.class, Integer.class);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    TaskQueue queue = bed().open();
    queue.on(type, HandlerOptions.create().concurrency(2), number -> {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      both.countDown();
      both.await();
      running.decrementAndGet();
      return number;
    });
    Await.value(queue.start());

    List<Future<Integer>> results =
        IntStream.range(0, 50).mapToObj(number -> queue.call(type, number)).toList();
    Await.allDone(results);
    assertThat(results).allMatch(Future::succeeded);
    assertThat(most).hasValue(2);
  }

  @Test
  void awaiting_on_an_event_loop_is_refused_with_advice() {
    String task = bed().name("refused");
    TaskQueue queue = bed().open();
    queue.on(task, data -> "done");
    Await.value(queue.start());

    assertThatThrownBy(() -> Await.value(onEventLoop(() -> queue.awaiting(queue.call(task, 1)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("event loop")
        .hasMessageContaining("compose");
    String unserved =
        bed().name("unserved"); // a future that is complete already may be awaited anywhere
    assertThatThrownBy(
            () -> Await.value(onEventLoop(() -> queue.call(unserved, 1).await())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void awaiting_in_an_asynchronous_handler_is_refused() {
    String task = bed().name("refused-inside");
    TaskQueue queue = bed().open();
    queue.onAsync(task, data -> Future.succeededFuture(queue.awaiting(queue.ping())));
    Await.value(queue.start());

    RemoteTaskException failure = Await.failure(queue.call(task, null), RemoteTaskException.class);
    assertThat(failure.remoteType()).isEqualTo(IllegalStateException.class.getName());
    assertThat(failure.remoteMessage()).contains("compose");
  }

  @Test
  void awaiting_on_a_worker_verticle_works() {
    String task = bed().name("worker-verticle");
    TaskQueue queue = bed().openShared();
    queue.on(task, data -> "done");
    Await.value(queue.start());

    Promise<Object> answer = Promise.promise();
    AbstractVerticle verticle = new AbstractVerticle() {
      @Override
      public void start() {
        answer.complete(queue.awaiting(queue.call(task, null)));
      }
    };
    DeploymentOptions onWorker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    String deployment = Await.value(bed().vertx().deployVerticle(verticle, onWorker));
    Await.value(bed().vertx().undeploy(deployment));

    assertThat(Await.value(answer.future())).isEqualTo("done");
  }

  @Test
  void awaiting_on_a_plain_thread_gives_the_value_or_the_failure() {
    String task = bed().name("plain");
    TaskQueue queue = bed().open();
    queue.on(task, String.class, what -> {
      if (what.equals("fail")) {
        throw new IllegalArgumentException("as asked");
      }
      return what;
    });
    Await.value(queue.start());

    assertThat(queue.awaiting(queue.call(task, "done"))).isEqualTo("done");
    assertThatThrownBy(() -> queue.awaiting(queue.call(task, "fail")))
        .isInstanceOfSatisfying(
            RemoteTaskException.class,
            failure -> assertThat(failure.remoteMessage()).isEqualTo("as asked"));
  }

  @Test
  void futures_complete_on_the_context_of_their_caller() {
    String task = bed().name("context");
    TaskQueue queue = bed().open();
    queue.on(task, data -> "done");
    Await.value(queue.start());

    Context context = bed().vertx().getOrCreateContext();
    Promise<List<Context>> seen = Promise.promise();
    context.runOnContext(ignored -> {
      List<Context> contexts = new ArrayList<>();
      queue
          .task(task, null)
          .compose(handle -> {
            contexts.add(Vertx.currentContext());
            return handle.result();
          })
          .compose(result -> {
            contexts.add(Vertx.currentContext());
            return queue.call(task, null);
          })
          .onComplete(result -> {
            contexts.add(Vertx.currentContext());
            seen.complete(contexts);
          });
    });

    assertThat(Await.value(seen.future())).containsExactly(context, context, context);
  }

  @Test
  void a_call_from_another_context_of_the_queues_own_event_loop_is_answered() {
    String task = bed().name("same-loop");
    TaskQueue queue = bed().openShared();
    queue.on(task, data -> "done");
    Await.value(queue.start());
    Thread loop = Await.value(queue.ping().map(pong -> Thread.currentThread()));

    List<Future<Object>> answers = new ArrayList<>();
    for (int i = 0; i < 64; i++) { // each new thread gets a context, on one loop after the other
      Promise<Object> answer = Promise.promise();
      answers.add(answer.future());
      Context context = CompletableFuture.supplyAsync(
              bed().vertx()::getOrCreateContext, making -> new Thread(making).start())
          .join();
      context.runOnContext(ignored -> {
        if (Thread.currentThread() == loop) {
          queue.call(task, null).onComplete(answer);
        } else {
          answer.complete("on another loop");
        }
      });
    }

    Await.allDone(answers);
    assertThat(answers)
        .extracting(Future::result)
        .contains("done")
        .containsOnly("done", "on another loop");
  }

  @Test
  void callbacks_of_plain_threads_run_on_an_event_loop() {
    String task = bed().name("callback");
    TaskQueue queue = bed().open();
    CountDownLatch listening =
        new CountDownLatch(1); // a callback added to a complete future runs where it is added
    queue.on(task, data -> {
      listening.await();
      return "done";
    });
    Await.value(queue.start());

    Promise<Boolean> onLoop = Promise.promise();
    queue.call(task, null).onComplete(result -> onLoop.complete(Context.isOnEventLoopThread()));
    listening.countDown();

    assertThat(Await.value(onLoop.future())).isTrue();
  }

  @Test
  void submits_of_one_thread_reach_the_broker_in_order() {
    TaskType<Integer, Object> type = TaskType.of(bed().name("order"), Integer.class, Object.class);
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    TaskQueue caller = bed().open();
    List<Future<String>> sent =
        IntStream.range(0, 500).mapToObj(number -> caller.send(type, number)).toList();
    Await.allDone(sent);

    TaskQueue worker = bed().openShared();
    worker.onAsync(type, HandlerOptions.create().concurrency(1), number -> {
      seen.add(number);
      return Future.succeededFuture();
    });
    Await.value(worker.start());

    Await.until("500 tasks", () -> seen.size() == 500);
    assertThat(seen).isSorted();
  }

  private Future<Object> onEventLoop(java.util.concurrent.Callable<Object> code) {
    Promise<Object> promise = Promise.promise();
    bed().vertx().getOrCreateContext().runOnContext(ignored -> {
      try {
        promise.complete(code.call());
      } catch (Exception failure) {
        promise.fail(failure);
      }
    });
    return promise.future();
  }
}
