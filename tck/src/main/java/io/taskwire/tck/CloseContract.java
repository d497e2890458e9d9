/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.QueueClosedException;
import io.taskwire.Registration;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskContext;
import io.taskwire.TaskException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.broker.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The end of a queue: what finishes, what fails, and who waits for it. */
public abstract class CloseContract extends Contract {

  /** For the transports. */
  protected CloseContract() {}

  @Test
  void the_first_program_of_the_manual_works() {
    String task = bed().name("my-task");
    try (TaskQueue queue = bed().open()) {
      queue.on(task, String.class, text -> "world");
      queue.start().await();

      TaskHandle<String> handle = queue.task(task, "hello", String.class).await();

      assertThat(handle.result().await()).isEqualTo("world");
    }
  }

  @Test
  void callers_who_still_wait_are_told_that_the_queue_is_closed() {
    TaskQueue queue = bed().openShared();
    List<TaskHandle<Object>> handles = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      handles.add(Await.value(queue.task(bed().name("unserved"), i)));
    }

    queue.close();

    for (TaskHandle<Object> handle : handles) {
      assertThat(handle.result().isComplete()).isTrue();
      QueueClosedException closed = Await.failure(handle.result(), QueueClosedException.class);
      assertThat(closed.taskId()).isEqualTo(handle.id());
      // The broker has it: it may still run.
      assertThat(closed.isSafeToRetry()).isFalse();
    }
  }

  @Test
  void the_futures_of_a_closed_queue_can_still_be_waited_for_and_listened_to() {
    String task = bed().name("afterwards");
    TaskQueue queue = bed().open();
    queue.on(task, data -> "done");
    Await.value(queue.start());
    TaskHandle<Object> served = Await.value(queue.task(task, null));
    Await.value(served.result());
    TaskHandle<Object> unserved = Await.value(queue.task(bed().name("unserved"), null));
    queue.close();

    assertThat(served.result().await()).isEqualTo("done");
    assertThatThrownBy(() -> unserved.result().await()).isInstanceOf(QueueClosedException.class);
    Promise<Object> heard = Promise.promise();
    served.result().onComplete(heard);
    assertThat(Await.value(heard.future())).isEqualTo("done");
  }

  @Test
  void nothing_can_be_asked_of_a_closed_queue() {
    TaskQueue queue = bed().open();
    Await.value(queue.ping());
    queue.close();
    String task = bed().name("closed");

    QueueClosedException refused =
        Await.failure(queue.task(task, null), QueueClosedException.class);
    assertThat(refused.isSafeToRetry()).isTrue();
    assertThat(refused.taskName()).isEqualTo(task);
    Await.failure(queue.call(task, null), QueueClosedException.class);
    Await.failure(queue.send(task, null), QueueClosedException.class);
    Await.failure(queue.start(), QueueClosedException.class);
    assertThat(Await.failure(queue.ping(), TaskException.class))
        .isInstanceOfAny(QueueClosedException.class, TaskConnectException.class);
  }

  @Test
  void the_handles_of_a_closed_queue_still_answer() {
    String task = bed().name("handle");
    TaskQueue queue = bed().open();
    Registration registration = queue.on(bed().name("other"), data -> null);
    Await.value(queue.start());
    TaskHandle<Object> handle = Await.value(queue.task(task, null));
    queue.close();

    Await.failure(handle.result(Duration.ofMinutes(1)), QueueClosedException.class);
    Await.done(handle.cancel());
    Await.done(handle.status());
    Await.value(registration.remove());
    handle.abandon();
  }

  @Test
  void closing_again_changes_nothing() {
    TaskQueue queue = bed().open();
    Await.value(queue.start());

    Future<Void> first = queue.shutdown();
    Await.value(first);
    Await.value(queue.shutdown());
    queue.close();
    queue.close();

    assertThat(bed().events(queue).count(Kind.CLOSED)).isEqualTo(1);
  }

  @Test
  void a_queue_that_never_connected_and_has_no_handlers_ends_its_start() {
    assumeProcess();
    TaskQueue queue = bed().openAt(nobodyAt(FreePort.find()), "retry=1h");
    Future<Void> started = queue.start();
    Future<Void> pinged = queue.ping();
    bed().events(queue).await(Kind.RECONNECTING, 1);

    queue.close();

    Await.failure(started, QueueClosedException.class);
    Await.failure(pinged, QueueClosedException.class);
  }

  @Test
  void a_queue_nobody_used_can_be_closed() {
    bed().open().close();
    bed().openShared().close();
  }

  @Test
  void closing_while_connecting_leaves_no_connection() {
    for (int i = 0; i < 20; i++) {
      bed().open().close();
    }
  }

  @Test
  void closing_lets_running_handlers_finish_and_their_callers_know() throws Exception {
    String task = bed().name("drains");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    TaskQueue worker = bed().openShared();
    worker.on(task, data -> {
      running.countDown();
      finish.await();
      return "finished";
    });
    Await.value(worker.start());
    TaskQueue caller = bed().open();
    Future<Object> answer = caller.call(task, null);
    running.await();

    Future<Void> closed = worker.shutdown();
    assertThat(closed.isComplete()).isFalse();
    finish.countDown();

    assertThat(Await.value(answer)).isEqualTo("finished");
    Await.value(closed);
  }

  @Test
  void closing_waits_no_longer_than_the_drain_timeout_and_gives_the_task_to_another()
      throws Exception {
    String task = bed().name("too-slow");
    Promise<TaskContext> begun = Promise.promise();
    CountDownLatch finish = new CountDownLatch(1);
    TaskQueue slow = bed().openShared("drainTimeout=200ms");
    slow.on(task, (data, context) -> {
      begun.complete(context);
      finish.await();
      return "too late";
    });
    Await.value(slow.start());
    TaskQueue caller = bed().open();
    Future<Object> answer = caller.call(task, null);
    TaskContext context = Await.value(begun.future());

    long started = System.nanoTime();
    Future<Void> closed = slow.shutdown();
    TaskQueue other = bed().openShared();
    other.on(task, data -> "instead");
    Await.value(other.start());

    assertThat(Await.value(answer)).isEqualTo("instead");
    Await.value(context.cancelled());
    assertThat(context.isCancelled()).isTrue();
    finish.countDown();
    Await.value(closed);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void of_a_handler_that_runs_on_after_the_drain_timeout_listeners_hear_once_that_its_task_is_lost()
      throws Exception {
    String task = bed().name("runs-on");
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch finish = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    TaskQueue slow = bed().openShared("drainTimeout=200ms");
    slow.on(task, (data, context) -> {
      begun.countDown();
      awaitUninterruptibly(finish);
      ended.countDown();
      return "too late";
    });
    String never = bed().name("never-ends");
    slow.onAsync(never, data -> {
      begun.countDown();
      return Promise.promise().future();
    });
    Await.value(slow.start());
    TaskQueue caller = bed().open();
    caller.call(task, null);
    caller.call(never, null);
    begun.await();

    Await.value(slow.shutdown());

    assertThat(bed().events(slow).of(Kind.LEASE_LOST))
        .extracting(event -> event.taskName())
        .containsExactlyInAnyOrder(task, never);
    finish.countDown();
    ended.await();
    // That the blocking one is not told of again, the bed finds out when it closes.
    assertThat(bed().events(slow).count(Kind.FINISHED)).isZero();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // runs on, as handlers do that know nothing of interrupts
      }
    }
  }

  @Test
  void a_vertx_that_was_given_is_not_closed() {
    TaskQueue queue = bed().openShared();
    Await.value(queue.start());

    queue.close();

    assertThat(Await.value(bed().vertx().executeBlocking(() -> "alive"))).isEqualTo("alive");
  }

  @Test
  void close_on_an_event_loop_only_begins() throws Exception {
    String task = bed().name("on-loop");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    TaskQueue queue = bed().openShared();
    queue.on(task, data -> {
      running.countDown();
      finish.await();
      return null;
    });
    Await.value(queue.start());
    Await.value(queue.send(task, null));
    running.await();

    Promise<Void> returned = Promise.promise();
    bed().vertx().getOrCreateContext().runOnContext(ignored -> {
      queue.close();
      returned.complete();
    });

    Await.value(returned.future());
    assertThat(bed().events(queue).count(Kind.CLOSED)).isZero();
    finish.countDown();
    bed().events(queue).await(Kind.CLOSED, 1);
  }

  @Test
  void close_inside_a_blocking_handler_only_begins() {
    String task = bed().name("inside");
    TaskQueue worker = bed().openShared();
    worker.on(task, data -> {
      worker.close();
      return "closed behind me";
    });
    Await.value(worker.start());
    TaskQueue caller = bed().open();

    assertThat(Await.value(caller.call(task, null))).isEqualTo("closed behind me");
    bed().events(worker).await(Kind.CLOSED, 1);
  }

  @Test
  void close_inside_an_asynchronous_handler_only_begins() {
    String task = bed().name("inside-async");
    TaskQueue worker = bed().openShared();
    worker.onAsync(task, data -> {
      worker.close();
      return Future.succeededFuture("closed behind me");
    });
    Await.value(worker.start());
    TaskQueue caller = bed().open();

    assertThat(Await.value(caller.call(task, null))).isEqualTo("closed behind me");
    bed().events(worker).await(Kind.CLOSED, 1);
  }

  @Test
  void an_interrupted_close_returns_with_the_flag_set_and_goes_on_behind() throws Exception {
    String task = bed().name("interrupted");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    TaskQueue queue = bed().open();
    queue.on(task, data -> {
      running.countDown();
      finish.await();
      return null;
    });
    Await.value(queue.start());
    Await.value(queue.send(task, null));
    running.await();
    Promise<Boolean> flag = Promise.promise();
    Thread closer = new Thread(() -> {
      Thread.currentThread().interrupt();
      queue.close();
      flag.complete(Thread.currentThread().isInterrupted());
    });
    closer.start();

    assertThat(Await.value(flag.future())).isTrue();
    closer.join();
    assertThat(bed().events(queue).count(Kind.CLOSED)).isZero();
    finish.countDown();
    bed().events(queue).await(Kind.CLOSED, 1);
  }

  @Test
  void closing_on_a_worker_thread_of_vertx_waits() {
    TaskQueue queue = bed().openShared();
    Await.value(queue.start());

    int told = Await.value(bed().vertx().executeBlocking(() -> {
      queue.close();
      return bed().events(queue).count(Kind.CLOSED);
    }));

    assertThat(told).isEqualTo(1);
  }

  @Test
  void submits_under_way_at_the_close_are_all_answered() {
    String task = bed().name("under-way");
    TaskQueue queue = bed().open();
    List<Future<TaskHandle<Object>>> submits = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      submits.add(queue.task(task, i));
    }

    Await.value(queue.shutdown());

    Await.allDone(submits);
    assertThat(submits)
        .allMatch(submit -> submit.succeeded() || submit.cause() instanceof TaskException);
  }
}
