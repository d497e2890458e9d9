/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.HandlerOptions;
import io.taskwire.TaskQueue;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  private final LoopQueue opened = new LoopQueue("memory:load-test");
  private final TaskQueue queue = opened.queue();
  private final Context loop = opened.context();

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void every_round_trip_counted_has_been_handled_and_timed() {
    AtomicLong handled = new AtomicLong();
    queue.onAsync(Payload.task("counted"), payload -> {
      handled.incrementAndGet();
      return Future.succeededFuture(payload);
    });
    queue.start().await();

    Measurement measured = RoundTrips.run(loop, queue, "counted", 16, Payload.SIZE, SHORT);

    assertThat(measured.count()).isEqualTo(handled.get()).isGreaterThanOrEqualTo(16);
    assertThat(measured.nanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
    assertThat(measured.p50()).isPositive().isLessThanOrEqualTo(measured.p99());
    assertThat(measured.p99()).isLessThanOrEqualTo(measured.p999());
  }

  @Test
  void a_reply_with_another_payload_ends_the_measurement() {
    byte[] other = new byte[Payload.SIZE];
    Payload.write(other, 1_000_000_000);
    queue.onAsync(Payload.task("wrong"), payload -> Future.succeededFuture(other));
    queue.start().await();

    assertThatThrownBy(() -> RoundTrips.run(loop, queue, "wrong", 4, Payload.SIZE, SHORT))
        .hasMessageContaining("another task's payload");
  }

  @Test
  void a_handler_that_gets_a_damaged_payload_fails_the_measurement() {
    Echo.serve(queue, "echo", 4);

    assertThatThrownBy(
            () -> queue.call(Payload.task("echo"), new byte[Payload.SIZE]).await())
        .hasMessageContaining("damaged");
  }

  @Test
  void one_at_a_time_counts_what_it_did() {
    Echo.serve(queue, "single", 1);

    Measurement measured = OneAtATime.run(queue, "single", SHORT);

    assertThat(measured.count()).isPositive();
    assertThat(measured.perSecond()).isPositive();
  }

  @Test
  void a_blocking_handler_answers_as_well() {
    Echo.serveBlocking(queue, "blocking", 4);

    assertThat(RoundTrips.run(loop, queue, "blocking", 4, Payload.SIZE, SHORT).count())
        .isPositive();
  }

  @Test
  void large_payloads_come_back_whole() {
    Echo.serve(queue, "large", 2);

    assertThat(RoundTrips.run(loop, queue, "large", 2, Payload.LARGE, SHORT).count())
        .isPositive();
  }

  @Test
  void an_open_loop_calls_at_its_rate_and_counts_from_when_a_call_was_due() {
    Duration length = Duration.ofMillis(200);

    Measurement measured = openLoopThroughAStall(1000, length);

    assertThat(measured.count()).isEqualTo(200);
    assertThat(measured.nanos()).isGreaterThanOrEqualTo(Duration.ofMillis(199).toNanos());
    // Half of them were due in the first half of the stall.
    assertThat(measured.p50()).isGreaterThanOrEqualTo(Duration.ofMillis(90).toNanos());
  }

  @Test
  void the_time_of_calls_runs_also_while_too_many_others_are_unanswered() {
    Duration length = Duration.ofMillis(200);

    Measurement measured = openLoopThroughAStall(20L * OpenLoop.MOST_IN_FLIGHT, length);

    assertThat(measured.count()).isEqualTo(4 * OpenLoop.MOST_IN_FLIGHT);
    assertThat(measured.p50()).isGreaterThanOrEqualTo(Duration.ofMillis(90).toNanos());
  }

  /** All wait for the first one, which waits for the time when the last is due. */
  private Measurement openLoopThroughAStall(long perSecond, Duration length) {
    Promise<Void> stall = Promise.promise();
    AtomicInteger handled = new AtomicInteger();
    queue.onAsync(Payload.task("stalls"), HandlerOptions.create().concurrency(1), payload -> {
      Future<Void> free =
          handled.getAndIncrement() == 0 ? stall.future() : Future.succeededFuture();
      return free.map(payload);
    });
    queue.start().await();
    CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS)
        .execute(stall::complete);
    return OpenLoop.run(loop, queue, "stalls", perSecond, length);
  }

  @Test
  void a_backlog_is_submitted_and_worked_off_once() {
    assertThat(Submits.run(loop, queue, "backlog", 8, 100).count()).isEqualTo(100);

    assertThat(Echo.drain(queue, "backlog", 4, 100).count()).isEqualTo(100);
  }

  @Test
  void a_task_that_comes_twice_is_noticed() {
    Submits.run(loop, queue, "twice", 8, 10);
    Submits.run(loop, queue, "twice", 8, 10);

    assertThatThrownBy(() -> Echo.drain(queue, "twice", 1, 20)).hasMessageContaining("came twice");
  }

  @Test
  void another_jvm_answers_each_command_with_its_measurement() {
    try (LoadJvm jvm = LoadJvm.start(LoadJvm.Program.TASKWIRE, "memory:", List.of("-Xmx64m"))) {
      jvm.serve("echo", 4);
      assertThat(jvm.roundTrips("echo", 4, Payload.SIZE, SHORT).count()).isPositive();
      assertThat(jvm.submits("backlog", 4, 10).count()).isEqualTo(10);
      assertThat(jvm.drain("backlog", 4, 10).count()).isEqualTo(10);
      assertThatThrownBy(() -> jvm.drain("backlog", 0, 10)).hasMessageContaining("concurrency");
    }
  }
}
