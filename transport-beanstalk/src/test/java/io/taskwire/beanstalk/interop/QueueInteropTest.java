/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwire.HandlerOptions;
import io.taskwire.Priority;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskReject;
import io.taskwire.TaskRetry;
import io.taskwire.TaskStatus;
import io.taskwire.TaskType;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.peer.ForeignProgram;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A task queue on one side, clients in other languages on the other: plain jobs, which have no result. */
class QueueInteropTest extends Interop {

  @ParameterizedTest
  @EnumSource
  void our_worker_gets_every_byte_that_a_foreign_producer_puts(Peer peer) throws Exception {
    LinkedBlockingQueue<Buffer> seen = serve(TUBE);

    for (byte[] body : bodies()) {
      put(peer, TUBE, "5 0 60", body);
      assertThat(take(seen).getBytes()).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_task_whose_name_is_no_tube_has_an_escaped_one(Peer peer) throws Exception {
    LinkedBlockingQueue<Buffer> seen = serve("größe 1/x");

    put(peer, "gr$C3$B6$C3$9Fe$201/x", "5 0 60", new byte[] {1});
    assertThat(take(seen).getBytes()).isEqualTo(new byte[] {1});
  }

  @ParameterizedTest
  @EnumSource
  void our_worker_takes_foreign_jobs_in_the_order_of_their_priorities(Peer peer) throws Exception {
    for (String priority : List.of("4294967295", "1024", "0")) {
      put(peer, TUBE, priority + " 0 60", priority.getBytes(UTF_8));
    }
    LinkedBlockingQueue<Buffer> seen = serve(TUBE);

    assertThat(List.of(take(seen), take(seen), take(seen)))
        .extracting(Buffer::toString)
        .containsExactly("0", "1024", "4294967295");
  }

  @ParameterizedTest
  @EnumSource
  void our_worker_gets_a_foreign_job_after_its_delay(Peer peer) throws Exception {
    LinkedBlockingQueue<Buffer> seen = serve(TUBE);
    String id = put(peer, TUBE, "5 3600 60", "in an hour".getBytes(UTF_8));
    put(peer, TUBE, "5 0 60", "at once".getBytes(UTF_8));
    assertThat(take(seen)).hasToString("at once");
    assertThat(ask(peer, "peek delayed"))
        .isEqualTo("found " + id + " " + hex("in an hour".getBytes(UTF_8)));

    long before = System.nanoTime();
    put(peer, TUBE, "5 1 60", "in a second".getBytes(UTF_8));
    assertThat(take(seen)).hasToString("in a second");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(ask(peer, "kick 1")).isEqualTo("kicked 1");
    assertThat(take(seen)).hasToString("in an hour");
  }

  @ParameterizedTest
  @EnumSource
  void our_worker_keeps_the_lease_of_a_foreign_job(Peer peer) throws Exception {
    Promise<Buffer> goOn = Promise.promise();
    LinkedBlockingQueue<Buffer> seen = new LinkedBlockingQueue<>();
    TaskQueue queue = queue();
    queue.onAsync(TASK, HandlerOptions.create().concurrency(2), body -> {
      seen.add(body);
      return goOn.future();
    });
    Await.value(queue.start());
    String id = put(peer, TUBE, "5 0 5", new byte[] {1});
    take(seen);

    // Longer than its time to run, and never given to the other free slot.
    await().atMost(LIMIT).until(() -> !ask(peer, "job " + id).matches("reserved 5 0 5 1 0 [0-6]"));
    assertThat(ask(peer, "job " + id)).matches("reserved 5 0 5 1 0 \\d+");
    assertThat(seen).isEmpty();
    goOn.complete(Buffer.buffer());
    await().atMost(LIMIT).until(() -> ask(peer, "job " + id).equals("none"));
  }

  @ParameterizedTest
  @EnumSource
  void what_our_worker_rejects_is_buried_and_comes_again_when_it_is_kicked(Peer peer)
      throws Exception {
    LinkedBlockingQueue<Buffer> seen = new LinkedBlockingQueue<>();
    TaskQueue queue = queue();
    queue.on(TASK, (body, context) -> {
      seen.add(body);
      if (context.attempt().orElse(0) == 1) {
        throw TaskReject.deadLetter("not this time");
      }
      return null;
    });
    Await.value(queue.start());
    String id = put(peer, TUBE, "5 0 60", new byte[] {7});
    take(seen);

    await().atMost(LIMIT).until(() -> ask(peer, "peek buried").equals("found " + id + " 07"));
    assertThat(ask(peer, "kick 10")).isEqualTo("kicked 1");
    assertThat(take(seen).getBytes()).isEqualTo(new byte[] {7});
  }

  @ParameterizedTest
  @EnumSource
  void what_our_worker_retries_goes_to_a_foreign_one_with_its_priority(Peer peer) throws Exception {
    LinkedBlockingQueue<Buffer> seen = new LinkedBlockingQueue<>();
    TaskQueue queue = queue();
    queue.on(TASK, body -> {
      seen.add(body);
      throw TaskRetry.after(Duration.ofHours(1));
    });
    Await.value(queue.start());
    String id = put(peer, TUBE, "5 0 60", new byte[] {7});
    take(seen);
    await().atMost(LIMIT).until(() -> ask(peer, "job " + id).startsWith("delayed 5 3600 60 1 0 "));
    queue.close();

    assertThat(ask(peer, "kick 1")).isEqualTo("kicked 1");
    assertThat(worker(peer, 1, "delete").output()).containsExactly("job 07", "delete");
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_worker_gets_every_byte_that_we_send(Peer peer) throws Exception {
    ForeignProgram worker = worker(peer, bodies().size(), "delete");
    TaskQueue queue = queue();

    for (byte[] body : bodies()) {
      Await.value(queue.send(TASK, Buffer.buffer(body)));
      assertThat(worker.nextLine()).isEqualTo("job " + hex(body));
      assertThat(worker.nextLine()).isEqualTo("delete");
    }
    assertThat(worker.output()).isEmpty();
    assertThat(ask(peer, "peek ready")).isEqualTo("none");
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_worker_takes_our_tasks_in_the_order_of_their_priorities(Peer peer)
      throws Exception {
    TaskQueue queue = queue();
    for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
      Await.value(queue.send(
          TASK, Buffer.buffer(priority.name()), SubmitOptions.create().priority(priority)));
    }

    assertThat(worker(peer, 3, "delete").output())
        .containsExactly(
            "job " + hex("HIGH".getBytes(UTF_8)),
            "delete",
            "job " + hex("NORMAL".getBytes(UTF_8)),
            "delete",
            "job " + hex("LOW".getBytes(UTF_8)),
            "delete");
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_worker_gets_our_task_after_its_delay(Peer peer) throws Exception {
    TaskQueue queue = queue();
    TaskHandle<Buffer> later = delayed(queue, "in an hour", Duration.ofHours(1));
    ForeignProgram worker = worker(peer, 3, "delete");
    Await.value(queue.send(TASK, Buffer.buffer("at once")));
    assertThat(worker.nextLine()).isEqualTo("job " + hex("at once".getBytes(UTF_8)));
    assertThat(worker.nextLine()).isEqualTo("delete");
    assertThat(state(later)).isEqualTo(TaskStatus.State.DELAYED);

    long before = System.nanoTime();
    delayed(queue, "in a second", Duration.ofSeconds(1));
    assertThat(worker.nextLine()).isEqualTo("job " + hex("in a second".getBytes(UTF_8)));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(ask(peer, "kick 1")).isEqualTo("kicked 1");
    assertThat(worker.output()).contains("job " + hex("in an hour".getBytes(UTF_8)));
    assertThat(state(later)).isEqualTo(TaskStatus.State.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void what_a_foreign_worker_buries_is_dead_until_it_is_kicked(Peer peer) throws Exception {
    TaskHandle<Buffer> task = background(queue());
    assertThat(worker(peer, 1, "bury 9").output()).containsExactly("job 07", "bury");

    assertThat(state(task)).isEqualTo(TaskStatus.State.DEAD);
    assertThat(ask(peer, "kick 1")).isEqualTo("kicked 1");
    assertThat(take(serve(TUBE)).getBytes()).isEqualTo(new byte[] {7});
  }

  @ParameterizedTest
  @EnumSource
  void what_a_foreign_worker_releases_comes_to_ours(Peer peer) throws Exception {
    TaskHandle<Buffer> task = background(queue());
    assertThat(worker(peer, 1, "release 9 3600").output()).containsExactly("job 07", "release");
    assertThat(state(task)).isEqualTo(TaskStatus.State.DELAYED);
    assertThat(ask(peer, "kick 1")).isEqualTo("kicked 1");
    assertThat(worker(peer, 1, "release 9 0").output()).containsExactly("job 07", "release");

    assertThat(take(serve(TUBE)).getBytes()).isEqualTo(new byte[] {7});
  }

  @ParameterizedTest
  @EnumSource
  void a_task_of_ours_that_is_cancelled_is_gone_for_everyone(Peer peer) throws Exception {
    TaskHandle<Buffer> task = background(queue());
    assertThat(ask(peer, "peek ready")).endsWith(" 07");

    assertThat(Await.value(task.cancel())).isTrue();
    assertThat(ask(peer, "peek ready")).isEqualTo("none");
  }

  @ParameterizedTest
  @EnumSource
  void our_worker_waits_while_a_tube_is_paused(Peer peer) throws Exception {
    LinkedBlockingQueue<Buffer> seen = serve(TUBE);
    assertThat(ask(peer, "pause 600")).isEqualTo("paused");
    put(peer, TUBE, "5 0 60", new byte[] {1});
    assertThat(ask(peer, "peek ready")).endsWith(" 01");
    assertThat(seen).isEmpty();

    assertThat(ask(peer, "pause 0")).isEqualTo("paused");
    assertThat(take(seen).getBytes()).isEqualTo(new byte[] {1});
  }

  /** Our worker, one job at a time; tells the bodies it got. */
  private LinkedBlockingQueue<Buffer> serve(String task) {
    LinkedBlockingQueue<Buffer> seen = new LinkedBlockingQueue<>();
    TaskType<Buffer, Buffer> raw = TaskType.raw(task);
    TaskQueue queue = queue();
    queue.on(raw, HandlerOptions.create().concurrency(1), body -> {
      seen.add(body);
      return null;
    });
    Await.value(queue.start());
    return seen;
  }

  private static TaskHandle<Buffer> delayed(TaskQueue queue, String payload, Duration delay) {
    SubmitOptions later = SubmitOptions.noResponse().delay(delay);
    return Await.value(queue.task(TASK, Buffer.buffer(payload), later));
  }

  private static TaskHandle<Buffer> background(TaskQueue queue) {
    return Await.value(queue.task(TASK, Buffer.buffer(new byte[] {7}), SubmitOptions.noResponse()));
  }

  private static TaskStatus.State state(TaskHandle<Buffer> task) {
    return Await.value(task.status()).state();
  }
}
