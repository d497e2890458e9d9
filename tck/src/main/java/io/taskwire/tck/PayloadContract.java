/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.FailureCode;
import io.taskwire.Raw;
import io.taskwire.RemoteTaskException;
import io.taskwire.TaskException;
import io.taskwire.TaskQueue;
import io.taskwire.TaskRejectedException;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small, large and too large payloads, both ways. */
public abstract class PayloadContract extends Contract {

  private static final int MIB = 1 << 20;

  /** What an envelope may take of the largest body. */
  private static final int ENVELOPE = 1_024;

  /** For the transports. */
  protected PayloadContract() {}

  private static Buffer random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  private boolean fits(int length) {
    return length + ENVELOPE <= transport().largestBody();
  }

  @Test
  void sizes_around_the_limits_of_buffers_go_both_ways() {
    String task = bed().name("sizes");
    TaskQueue queue = bed().open();
    queue.onAsync(task, Raw.RAW, Future::succeededFuture);
    Await.value(queue.start());

    for (int power : List.of(1, 4, 8, 10, 12, 14, 15)) {
      for (int length = (1 << power) - 1; length <= (1 << power) + 1; length++) {
        assertThat(Await.value(queue.call(task, Raw.RAW, random(length))))
            .as("%d bytes", length)
            .isEqualTo(random(length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MIB, 32 * MIB})
  void a_large_payload_goes_both_ways_or_is_rejected_as_too_large(int length) {
    String task = bed().name("large");
    TaskQueue worker = bed().openShared();
    worker.onAsync(task, Raw.RAW, Future::succeededFuture);
    Await.value(worker.start());
    TaskQueue caller = bed().open();

    Future<Buffer> answer = caller.call(task, Raw.RAW, random(length));

    if (fits(length)) {
      // Not by AssertJ, which would print all of it.
      assertThat(Await.value(answer).equals(random(length))).isTrue();
    } else {
      TaskRejectedException rejected = Await.failure(answer, TaskRejectedException.class);
      assertThat(rejected.reason()).isEqualTo(TaskRejectedException.Reason.TOO_LARGE);
      assertThat(rejected.taskName()).isEqualTo(task);
    }
    // The connection is none the worse.
    assertThat(Await.value(caller.call(task, Raw.RAW, random(100)))).isEqualTo(random(100));
  }

  @Test
  void a_result_too_large_for_the_broker_fails_the_caller_and_settles_the_task() {
    String task = bed().name("large-result");
    int tooLarge = transport().largestBody() + 1;
    AtomicInteger runs = new AtomicInteger();
    TaskQueue queue = bed().open();
    queue.onAsync(task, Raw.RAW, bytes -> {
      runs.incrementAndGet();
      return Future.succeededFuture(
          bytes.length() == 1 ? Buffer.buffer(new byte[tooLarge]) : bytes);
    });
    Await.value(queue.start());

    RemoteTaskException failure =
        Await.failure(queue.call(task, Raw.RAW, Buffer.buffer("!")), RemoteTaskException.class);

    assertThat(failure.code()).isEqualTo(FailureCode.TOO_LARGE);
    assertThat(Await.value(queue.call(task, Raw.RAW, random(100)))).isEqualTo(random(100));
    assertThat(runs).hasValue(2);
  }

  @Test
  void a_payload_over_the_callers_own_limit_is_rejected_before_it_is_sent() {
    String task = bed().name("own-limit");
    TaskQueue queue = bed().open("maxPayload=4KiB");
    queue.onAsync(task, Raw.RAW, Future::succeededFuture);
    Await.value(queue.start());

    TaskRejectedException rejected =
        Await.failure(queue.task(task, Raw.RAW, random(4_097)), TaskRejectedException.class);

    assertThat(rejected.reason()).isEqualTo(TaskRejectedException.Reason.TOO_LARGE);
    assertThat(rejected.isSafeToRetry()).isTrue();
    assertThat(Await.value(queue.call(task, Raw.RAW, random(2_000)))).isEqualTo(random(2_000));
  }

  @Test
  void a_payload_over_the_workers_limit_fails_the_caller_and_settles_the_task() {
    String task = bed().name("workers-limit");
    AtomicInteger runs = new AtomicInteger();
    TaskQueue worker = bed().openShared("maxPayload=4KiB");
    worker.onAsync(task, Raw.RAW, bytes -> {
      runs.incrementAndGet();
      return Future.succeededFuture(bytes);
    });
    Await.value(worker.start());
    TaskQueue caller = bed().open();

    RemoteTaskException failure =
        Await.failure(caller.call(task, Raw.RAW, random(40_000)), RemoteTaskException.class);

    assertThat(failure.code()).isEqualTo(FailureCode.TOO_LARGE);
    assertThat(Await.value(caller.call(task, Raw.RAW, random(100)))).isEqualTo(random(100));
    assertThat(runs).hasValue(1);
  }

  @Test
  void a_result_over_the_callers_limit_fails_the_caller_alone() {
    String task = bed().name("callers-limit");
    TaskQueue worker = bed().openShared();
    worker.onAsync(task, Raw.RAW, bytes -> Future.succeededFuture(random(40_000)));
    Await.value(worker.start());
    TaskQueue caller = bed().open("maxPayload=4KiB");

    TaskException failure =
        Await.failure(caller.call(task, Raw.RAW, Buffer.buffer("!")), TaskException.class);

    assertThat(failure.taskName()).isEqualTo(task);
    assertThat(failure)
        .isInstanceOfSatisfying(
            RemoteTaskException.class,
            remote -> assertThat(remote.code()).isEqualTo(FailureCode.TOO_LARGE));
    Await.value(caller.ping());
  }

  @Test
  void many_payloads_at_once_are_not_mixed_up() {
    String task = bed().name("many");
    int length = 16 * 1_024;
    TaskQueue worker = bed().openShared();
    worker.onAsync(task, Raw.RAW, Future::succeededFuture);
    Await.value(worker.start());
    TaskQueue caller = bed().open();

    List<Future<Buffer>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(caller.call(task, Raw.RAW, random(length + i)));
    }

    for (int i = 0; i < 200; i++) {
      assertThat(Await.value(answers.get(i)).equals(random(length + i)))
          .as("answer %d", i)
          .isTrue();
    }
  }
}
