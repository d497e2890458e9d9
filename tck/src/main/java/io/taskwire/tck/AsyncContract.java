/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.HandlerOptions;
import io.taskwire.Raw;
import io.taskwire.RemoteTaskException;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Handlers that run on the event loop and answer with a future. */
public abstract class AsyncContract extends Contract {

  /** For the transports. */
  protected AsyncContract() {}

  @Test
  void an_asynchronous_handler_runs_on_the_event_loop() {
    String task = bed().name("loop");
    TaskQueue queue = bed().open();
    queue.onAsync(task, data -> Future.succeededFuture(Context.isOnEventLoopThread()));
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, null))).isEqualTo(true);
  }

  @Test
  void its_future_may_complete_later_and_elsewhere() {
    TaskType<Integer, Integer> twice =
        TaskType.of(bed().name("later"), Integer.class, Integer.class);
    TaskQueue queue = bed().open();
    queue.onAsync(twice, number -> bed().vertx().executeBlocking(() -> number * 2));
    Await.value(queue.start());

    assertThat(Await.value(queue.call(twice, 21))).isEqualTo(42);
  }

  @Test
  void a_failed_future_fails_the_caller() {
    String task = bed().name("failed-future");
    TaskQueue queue = bed().open();
    queue.onAsync(
        task, data -> Future.failedFuture(new IllegalStateException("no stock of " + data)));
    Await.value(queue.start());

    RemoteTaskException failure = Await.failure(queue.call(task, "tea"), RemoteTaskException.class);
    assertThat(failure.remoteType()).isEqualTo(IllegalStateException.class.getName());
    assertThat(failure.remoteMessage()).isEqualTo("no stock of tea");
  }

  @Test
  void a_throw_fails_the_caller_too() {
    String task = bed().name("throwing");
    TaskQueue queue = bed().open();
    queue.onAsync(task, data -> {
      throw new java.io.IOException("disk full");
    });
    Await.value(queue.start());

    RemoteTaskException failure = Await.failure(queue.call(task, null), RemoteTaskException.class);
    assertThat(failure.remoteType()).isEqualTo(java.io.IOException.class.getName());
    assertThat(failure.remoteMessage()).isEqualTo("disk full");
  }

  @Test
  void raw_bytes_and_the_context_reach_it() {
    String task = bed().name("raw-async");
    TaskQueue queue = bed().open();
    queue.onAsync(
        task,
        Raw.RAW,
        (bytes, context) ->
            Future.succeededFuture(Buffer.buffer(context.taskName()).appendBuffer(bytes)));
    Await.value(queue.start());

    assertThat(Await.value(queue.call(task, Raw.RAW, Buffer.buffer("!"))))
        .isEqualTo(Buffer.buffer(task + "!"));
  }

  @Test
  void it_may_submit_and_compose() {
    String outer = bed().name("outer");
    String inner = bed().name("inner");
    TaskQueue queue = bed().open();
    queue.onAsync(inner, Integer.class, number -> Future.succeededFuture(number + 1));
    queue.onAsync(
        outer,
        Integer.class,
        number -> queue.call(inner, number, Integer.class).map(answer -> answer * 10));
    Await.value(queue.start());

    assertThat(Await.value(queue.call(outer, 4, Integer.class))).isEqualTo(50);
  }

  @Test
  void it_runs_as_many_at_once_as_its_concurrency_allows_and_no_more() {
    TaskType<Object, Object> type = TaskType.untyped(bed().name("three-at-once"));
    // The queue's event loop and the test thread meet at it.
    ConcurrentLinkedQueue<Promise<Object>> running = new ConcurrentLinkedQueue<>();
    TaskQueue queue = bed().open();
    queue.onAsync(type, HandlerOptions.create().concurrency(3), data -> {
      Promise<Object> promise = Promise.promise();
      running.add(promise);
      return promise.future();
    });
    Await.value(queue.start());

    List<Future<Object>> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      results.add(queue.call(type, i));
    }
    int done = 0;
    while (done < 10) {
      int expected = Math.min(3, 10 - done);
      Await.until(expected + " handlers running", () -> running.size() >= expected);
      assertThat(running.size()).isEqualTo(expected);
      running.remove().complete(done++);
    }
    Await.allDone(results);
    assertThat(results).allMatch(Future::succeeded);
  }

  @Test
  void by_default_64_run_at_once() {
    String task = bed().name("sixty-four");
    ConcurrentLinkedQueue<Promise<Object>> running = new ConcurrentLinkedQueue<>();
    TaskQueue queue = bed().open();
    queue.onAsync(task, data -> {
      Promise<Object> promise = Promise.promise();
      running.add(promise);
      return promise.future();
    });
    Await.value(queue.start());

    List<Future<Object>> results = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      results.add(queue.call(task, i));
    }
    Await.until("64 handlers running", () -> running.size() == 64);
    running.forEach(promise -> promise.tryComplete("done"));
    Await.until("the last handler running", () -> running.size() == 65);
    running.forEach(promise -> promise.tryComplete("done"));
    Await.allDone(results);
    assertThat(results).allMatch(Future::succeeded);
  }
}
