/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.QueueClosedException;
import io.taskwire.Registration;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskQueue;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Events;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.broker.FreePort;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The first connection: retried for as long as asked, and nobody has to wait for it. */
public abstract class ConnectContract extends Contract {

  /** For the transports. */
  protected ConnectContract() {}

  @Test
  void a_ping_is_answered() {
    Await.value(bed().open().ping());
  }

  @Test
  void a_ping_does_not_begin_to_take_tasks() {
    String task = bed().name("ping");
    TaskQueue idle = bed().open();
    idle.on(task, data -> "idle");
    Await.value(idle.ping());
    TaskQueue started = bed().openShared();
    started.on(task, data -> "started");
    Await.value(started.start());

    for (int i = 0; i < 20; i++) {
      assertThat(Await.value(idle.call(task, null))).isEqualTo("started");
    }
  }

  @Test
  void a_queue_opened_before_the_broker_is_up_works_once_it_comes() {
    assumeProcess();
    broker().kill();
    String task = bed().name("early");

    TaskQueue queue = bed().open("retry=50ms");
    Registration registration = queue.on(task, Integer.class, number -> number + 1);
    Future<Void> started = queue.start();
    List<Future<Integer>> answers = IntStream.range(0, 100)
        .mapToObj(number -> queue.call(task, number, Integer.class))
        .toList();
    bed().events(queue).await(Kind.RECONNECTING, 2);
    assertThat(started.isComplete()).isFalse();
    assertThat(registration.live().isComplete()).isFalse();
    assertThat(answers).noneMatch(Future::isComplete);

    broker().start();

    Await.value(started);
    assertThat(registration.live().succeeded()).isTrue();
    for (int number = 0; number < 100; number++) {
      assertThat(Await.value(answers.get(number))).isEqualTo(number + 1);
    }
    assertThat(bed().events(queue).count(Kind.CONNECTED)).isEqualTo(1);
  }

  @Test
  void each_failed_attempt_is_told_with_its_number_its_cause_and_the_next_wait() {
    assumeProcess();
    int port = FreePort.find();

    TaskQueue queue = bed().openAt(nobodyAt(port), "retry=20ms");
    bed().events(queue).await(Kind.RECONNECTING, 3);

    List<Events.Event> attempts = bed().events(queue).of(Kind.RECONNECTING).subList(0, 3);
    assertThat(attempts).extracting(Events.Event::attempt).containsExactly(1, 2, 3);
    assertThat(attempts).extracting(Events.Event::nextIn).containsOnly(Duration.ofMillis(20));
    assertThat(attempts)
        .allSatisfy(
            attempt -> assertThat(attempt.cause()).hasMessageContaining(Integer.toString(port)));
  }

  @Test
  void the_wait_grows_if_asked_to() {
    assumeProcess();

    TaskQueue queue = bed()
        .openAt(
            nobodyAt(FreePort.find()), "retry=10ms", "retryBackoff=exponential", "retryMax=80ms");
    bed().events(queue).await(Kind.RECONNECTING, 8);

    List<Duration> waits = bed().events(queue).of(Kind.RECONNECTING).stream()
        .map(Events.Event::nextIn)
        .toList();
    // With its randomness a wait may be half as long or half as long again.
    assertThat(waits.get(0)).isLessThanOrEqualTo(Duration.ofMillis(15));
    assertThat(waits.get(6)).isGreaterThan(Duration.ofMillis(15));
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMillis(120)) <= 0);
  }

  @Test
  void without_retry_the_first_refusal_fails_start_and_submits() {
    assumeProcess();
    int port = FreePort.find();
    String task = bed().name("off");

    TaskQueue queue = bed().openAt(nobodyAt(port), "retry=off");
    Registration registration = queue.on(task, data -> "done");
    Future<Object> call = queue.call(task, null);
    Future<Void> started = queue.start();

    TaskConnectException failure = Await.failure(started, TaskConnectException.class);
    assertThat(failure).hasCauseInstanceOf(BrokerConnectException.class);
    assertThat(failure).hasMessageContaining(Integer.toString(port));
    TaskConnectException submit = Await.failure(call, TaskConnectException.class);
    assertThat(submit.taskName()).isEqualTo(task);
    assertThat(submit.isSafeToRetry()).isTrue();
    Await.failure(queue.send(task, null), TaskConnectException.class);
    Await.failure(queue.ping(), TaskConnectException.class);
    assertThat(bed().events(queue).count(Kind.RECONNECTING)).isZero();
    assertThat(registration.live().succeeded()).isFalse();
  }

  @Test
  void attempts_are_limited_if_asked_to() {
    assumeProcess();

    TaskQueue queue = bed().openAt(nobodyAt(FreePort.find()), "retry=20ms", "retryAttempts=3");
    TaskConnectException failure = Await.failure(queue.start(), TaskConnectException.class);

    assertThat(failure).hasCauseInstanceOf(BrokerConnectException.class);
    assertThat(bed().events(queue).count(Kind.RECONNECTING)).isEqualTo(2);
  }

  @Test
  void a_queue_that_gave_up_may_be_started_again() {
    assumeProcess();
    broker().kill();
    String task = bed().name("again");
    TaskQueue queue = bed().open("retry=off");
    queue.on(task, data -> "done");
    Await.failure(queue.start(), TaskConnectException.class);

    broker().start();

    Await.value(queue.start());
    assertThat(Await.value(queue.call(task, null))).isEqualTo("done");
  }

  @Test
  void a_submit_that_found_no_broker_in_time_is_safe_to_retry() {
    assumeProcess();
    String task = bed().name("in-time");

    TaskQueue queue = bed().openAt(nobodyAt(FreePort.find()), "retry=50ms", "acceptTimeout=200ms");

    TaskConnectException failure =
        Await.failure(queue.task(task, null), TaskConnectException.class);
    assertThat(failure.taskName()).isEqualTo(task);
    assertThat(failure.isSafeToRetry()).isTrue();
    Await.failure(queue.ping(), TaskConnectException.class);
  }

  @Test
  void closing_ends_what_waits_for_the_first_connection() {
    assumeProcess();
    TaskQueue queue = bed().openSharedAt(nobodyAt(FreePort.find()), "retry=1h");
    queue.on(bed().name("never"), data -> null);
    Future<Void> started = queue.start();
    Future<?> submit = queue.task(bed().name("never-sent"), null);
    bed().events(queue).await(Kind.RECONNECTING, 1);

    Await.value(queue.shutdown());

    Await.failure(started, QueueClosedException.class);
    assertThat(Await.failure(submit, QueueClosedException.class).isSafeToRetry())
        .isTrue();
  }

  @Test
  void a_peer_that_accepts_and_then_says_nothing_is_not_a_connection() {
    assumeProcess();
    TcpProxy proxy = bed().proxy();
    proxy.stall();

    TaskQueue queue = bed().openAt(through(proxy), "retry=50ms", "connectTimeout=200ms");
    String task = bed().name("mute");
    queue.on(task, data -> "done");
    Future<Void> started = queue.start();
    Future<Object> answer = queue.call(task, null);
    bed().events(queue).await(Kind.RECONNECTING, 2);
    assertThat(started.isComplete()).isFalse();

    proxy.resume();

    Await.value(started);
    assertThat(Await.value(answer)).isEqualTo("done");
  }
}
