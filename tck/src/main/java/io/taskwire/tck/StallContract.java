/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.OutcomeUnknownException;
import io.taskwire.QueueClosedException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskTimeoutException;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.proxy.Direction;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A broker that is there and says nothing. */
public abstract class StallContract extends Contract {

  /** For the transports. */
  protected StallContract() {}

  @Test
  void a_submit_that_was_sent_and_never_acknowledged_has_an_unknown_outcome() {
    assumeProcess();
    String task = bed().name("frozen");
    TaskQueue queue = bed().open("acceptTimeout=300ms");
    Await.value(queue.ping());

    broker().freeze();
    OutcomeUnknownException failure =
        Await.failure(queue.task(task, null), OutcomeUnknownException.class);
    broker().thaw();

    assertThat(failure.taskName()).isEqualTo(task);
    assertThat(failure.isSafeToRetry()).isFalse();
    queue.on(task, data -> "works again");
    Await.value(queue.start());
    assertThat(Await.value(queue.call(task, null))).isEqualTo("works again");
  }

  @Test
  void an_acknowledgement_that_is_lost_leaves_the_outcome_unknown() {
    assumeProcess();
    String task = bed().name("lost-reply");
    TcpProxy proxy = bed().proxy();
    TaskQueue queue = bed().openAt(through(proxy), "retry=50ms");
    // The first of its name, for which some brokers must be asked something.
    Await.value(queue.task(task, null));
    proxy.stall(Direction.TO_CLIENT);
    List<Future<TaskHandle<Object>>> submits =
        IntStream.range(0, 20).mapToObj(number -> queue.task(task, number)).toList();
    // Once the broker serves the task elsewhere, it has been accepted there; only the caller cannot
    // know.
    TaskQueue worker = bed().openShared();
    worker.on(task, data -> "done");
    Await.value(worker.start());
    bed().events(worker).await(Kind.STARTED, 21);

    proxy.cut();
    proxy.resume();

    for (Future<TaskHandle<Object>> submit : submits) {
      Await.failure(submit, OutcomeUnknownException.class);
    }
    bed().events(queue).await(Kind.CONNECTED, 2);
    assertThat(Await.value(queue.call(task, null))).isEqualTo("done");
  }

  @Test
  void a_ping_is_not_waited_for_longer_than_the_accept_timeout() {
    assumeProcess();
    TaskQueue queue = bed().open("acceptTimeout=300ms");
    Await.value(queue.ping());

    broker().freeze();
    Await.failure(queue.ping(), TaskConnectException.class);

    broker().thaw();
    Await.value(queue.ping());
  }

  @Test
  void neither_status_nor_cancel_is_waited_for_longer_than_the_accept_timeout() {
    assumeProcess();
    TaskQueue queue = bed().open("acceptTimeout=300ms");
    TaskHandle<Object> handle = Await.value(queue.task(bed().name("asked"), null));

    broker().freeze();

    Await.failure(handle.status(), TaskException.class);
    Await.failure(handle.cancel(), TaskException.class);
  }

  @Test
  void what_is_asked_of_a_broker_that_says_nothing_ends_with_the_queue() {
    assumeProcess();
    TaskQueue queue = bed().open("drainTimeout=100ms");
    TaskHandle<Object> handle = Await.value(queue.task(bed().name("asked"), null));
    broker().freeze();
    List<Future<?>> asked = List.of(queue.ping(), handle.status(), handle.cancel());

    Await.value(queue.shutdown());

    asked.forEach(answer -> Await.failure(answer, TaskException.class));
  }

  @Test
  void results_time_out_while_the_broker_says_nothing() {
    assumeProcess();
    String task = bed().name("timeout");
    TaskQueue queue = bed().open("resultTimeout=300ms");
    TaskHandle<Object> handle = Await.value(queue.task(task, null));

    broker().freeze();

    Await.failure(handle.result(), TaskTimeoutException.class);
  }

  @Test
  void closing_does_not_wait_long_for_a_broker_that_says_nothing() {
    assumeProcess();
    TaskQueue queue = bed().open("drainTimeout=500ms");
    queue.on(bed().name("idle"), data -> null);
    Await.value(queue.start());
    TaskHandle<Object> handle = Await.value(queue.task(bed().name("waiting"), null));
    broker().freeze();
    long begun = System.nanoTime();

    Await.value(queue.shutdown());

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    Await.failure(handle.result(), QueueClosedException.class);
  }

  @Test
  void a_slow_link_delays_and_breaks_nothing() {
    assumeProcess();
    String task = bed().name("slow");
    TcpProxy proxy = bed().proxy();
    proxy.delay(Duration.ofMillis(20));
    TaskQueue queue = bed().openAt(through(proxy));
    queue.onAsync(task, Integer.class, Future::succeededFuture);
    Await.value(queue.start());

    List<Future<Integer>> answers = IntStream.range(0, 200)
        .mapToObj(number -> queue.call(task, number, Integer.class))
        .toList();

    for (int number = 0; number < 200; number++) {
      assertThat(Await.value(answers.get(number))).isEqualTo(number);
    }
  }
}
