/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwire.Priority;
import io.taskwire.RemoteTaskException;
import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanAdmin;
import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.JobFailedException;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.JobState;
import io.taskwire.gearman.JobThrewException;
import io.taskwire.gearman.ListedJob;
import io.taskwire.gearman.codec.GetStatusUnique;
import io.taskwire.gearman.codec.StatusResUnique;
import io.taskwire.gearman.server.RawPeer;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.peer.ForeignProgram;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Foreign clients and workers with ours, and with each other, over one server. */
@Timeout(120)
abstract class InteropContract {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final byte[] ALL_BYTES = allBytes();
  private static final byte[] NONE = {};

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Where the server listens on 127.0.0.1. */
  abstract int port();

  abstract void stopServer();

  @AfterEach
  void close_all() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    stopServer();
  }

  static Stream<Arguments> pairs() {
    return Stream.of(Peer.values())
        .flatMap(client -> Stream.of(Peer.values()).map(worker -> Arguments.of(client, worker)));
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_client_gets_from_our_worker_every_byte_it_sent(Peer peer) throws Exception {
    serve();

    assertThat(outcome(peer, "ours_echo", ALL_BYTES))
        .containsExactly("complete " + hex(ALL_BYTES), "end");
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_client_gets_an_empty_result(Peer peer) throws Exception {
    serve();

    assertThat(outcome(peer, "ours_empty", ALL_BYTES)).containsExactly("complete ", "end");
  }

  /** libgearman refuses to send one. */
  @Test
  void a_foreign_client_sends_an_empty_payload() throws Exception {
    serve();

    assertThat(outcome(Peer.PERL, "ours_echo", NONE)).containsExactly("complete ", "end");
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_client_hears_that_our_worker_failed(Peer peer) throws Exception {
    serve();

    assertThat(outcome(peer, "ours_fail", ALL_BYTES)).containsExactly("fail", "end");
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_client_hears_why_our_worker_failed(Peer peer) throws Exception {
    serve();

    assertThat(outcome(peer, "ours_throw", ALL_BYTES))
        .containsExactly("exception " + hex("no such order"), "end");
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_client_hears_progress_data_and_warnings_of_our_worker(Peer peer) throws Exception {
    serve();

    assertThat(outcome(peer, "ours_stream", ALL_BYTES))
        .containsExactly(
            "status 1/2",
            "data " + hex("part\0one"),
            "warning " + hex("careful"),
            "status 2/2",
            "complete " + hex("whole"),
            "end");
  }

  @ParameterizedTest
  @EnumSource
  void foreign_clients_with_the_same_unique_key_share_one_run_of_our_worker(Peer peer)
      throws Exception {
    ForeignProgram one = client(peer, "ours_echo", "normal", "key", ALL_BYTES);
    ForeignProgram two = client(peer, "ours_echo", "normal", "key", ALL_BYTES);
    awaitClients("key", 2);
    LinkedBlockingQueue<String> seen = serve();

    assertThat(one.output()).containsExactly("complete " + hex(ALL_BYTES), "end");
    assertThat(two.output()).containsExactly("complete " + hex(ALL_BYTES), "end");
    assertThat(seen).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void foreign_background_jobs_reach_our_worker_in_the_order_of_their_priorities(Peer peer)
      throws Exception {
    for (String priority : List.of("low", "normal", "high")) {
      ForeignProgram client =
          client(peer, "ours_echo", priority + "_background", "", priority.getBytes(UTF_8));
      assertThat(client.output()).containsExactly("end");
    }
    LinkedBlockingQueue<String> seen = serve();

    assertThat(List.of(take(seen), take(seen), take(seen)))
        .containsExactly("high", "normal", "low");
  }

  @ParameterizedTest
  @EnumSource
  void foreign_foreground_jobs_reach_our_worker_in_the_order_of_their_priorities(Peer peer)
      throws Exception {
    List<ForeignProgram> clients = new ArrayList<>();
    for (String priority : List.of("low", "normal", "high")) {
      clients.add(client(peer, "ours_echo", priority, "", priority.getBytes(UTF_8)));
    }
    awaitJobs(3);
    LinkedBlockingQueue<String> seen = serve();

    assertThat(List.of(take(seen), take(seen), take(seen)))
        .containsExactly("high", "normal", "low");
    for (ForeignProgram client : clients) {
      assertThat(client.output()).hasSize(2).endsWith("end");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_worker_gives_us_back_every_byte(Peer peer) {
    worker(peer, "theirs");

    assertThat(Await.value(call("theirs_echo", ALL_BYTES)).getBytes()).isEqualTo(ALL_BYTES);
    assertThat(Await.value(call("theirs_stream", ALL_BYTES))).hasToString("whole");
  }

  @Test
  void a_foreign_worker_takes_an_empty_payload_and_gives_an_empty_result() {
    worker(Peer.PHP, "theirs");

    assertThat(Await.value(call("theirs_echo", NONE)).length()).isZero();
    assertThat(Await.value(call("theirs_empty", ALL_BYTES)).length()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void the_failure_of_a_foreign_worker_is_one(Peer peer) {
    worker(peer, "theirs");

    Await.failure(call("theirs_fail", ALL_BYTES), RemoteTaskException.class);
  }

  @ParameterizedTest
  @EnumSource
  void the_exception_of_a_foreign_worker_has_its_text(Peer peer) {
    worker(peer, "theirs");

    assertThat(Await.failure(call("theirs_throw", ALL_BYTES), RemoteTaskException.class))
        .hasMessageContaining("no such order");
  }

  @ParameterizedTest
  @EnumSource
  void progress_and_data_of_a_foreign_worker_are_heard(Peer peer) {
    TaskHandle<Buffer> task =
        Await.value(queue().task(raw("theirs_stream"), Buffer.buffer(ALL_BYTES)));
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    task.onProgress(progress -> heard.add(progress.done() + "/" + progress.total()));
    task.onData(data -> heard.add(data.toString()));
    worker(peer, "theirs");

    assertThat(Await.value(task.result())).hasToString("whole");
    assertThat(heard).containsExactly("1/2", "part\0one", "2/2");
  }

  @ParameterizedTest
  @EnumSource
  void our_client_hears_all_that_a_foreign_worker_says(Peer peer) {
    GearmanClient client = open(GearmanClient.open("gearman://127.0.0.1:" + port()));
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    worker(peer, "theirs");
    GearmanJob job = client.submit(JobRequest.of("theirs_stream", "x"), prepared -> {
      prepared.onProgress(progress -> heard.add(progress.done() + "/" + progress.total()));
      prepared.data().handler(data -> heard.add("data " + data));
      prepared.warnings().handler(text -> heard.add("warning " + text));
    });
    GearmanJob failing = client.submit(JobRequest.of("theirs_fail", "x"));
    GearmanJob throwing = client.submit(JobRequest.of("theirs_throw", "x"));

    assertThat(Await.value(job.result())).hasToString("whole");
    assertThat(heard).containsExactlyInAnyOrder("1/2", "data part\0one", "warning careful", "2/2");
    Await.failure(failing.result(), JobFailedException.class);
    assertThat(Await.failure(throwing.result(), JobThrewException.class))
        .hasMessageContaining("no such order");
    assertThat(List.of(job.state(), failing.state(), throwing.state()))
        .containsExactly(JobState.COMPLETE, JobState.FAILED, JobState.EXCEPTION);
  }

  @ParameterizedTest
  @EnumSource
  void tasks_of_ours_with_the_same_unique_key_share_one_run_of_a_foreign_worker(Peer peer)
      throws Exception {
    SubmitOptions unique = SubmitOptions.create().unique("key");
    TaskQueue queue = queue();
    Future<TaskHandle<Buffer>> one =
        queue.task(raw("theirs_echo"), Buffer.buffer(ALL_BYTES), unique);
    Future<TaskHandle<Buffer>> two =
        queue.task(raw("theirs_echo"), Buffer.buffer(ALL_BYTES), unique);
    Await.value(Future.all(one, two));
    ForeignProgram worker = worker(peer, "theirs");

    assertThat(Await.value(one.result().result()).getBytes()).isEqualTo(ALL_BYTES);
    assertThat(Await.value(two.result().result()).getBytes()).isEqualTo(ALL_BYTES);
    Await.value(call("theirs_echo", "last".getBytes(UTF_8)));
    assertThat(worker.nextLine()).startsWith("theirs_echo " + hex(ALL_BYTES));
    assertThat(worker.nextLine()).startsWith("theirs_echo " + hex("last"));
  }

  @ParameterizedTest
  @EnumSource
  void background_tasks_of_ours_reach_a_foreign_worker_in_the_order_of_their_priorities(Peer peer)
      throws Exception {
    TaskQueue queue = queue();
    for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
      Await.value(queue.send(
          raw("theirs_echo"),
          Buffer.buffer(priority.name()),
          SubmitOptions.create().priority(priority)));
    }
    ForeignProgram worker = worker(peer, "theirs");

    assertThat(worker.nextLine()).startsWith("theirs_echo " + hex("HIGH"));
    assertThat(worker.nextLine()).startsWith("theirs_echo " + hex("NORMAL"));
    assertThat(worker.nextLine()).startsWith("theirs_echo " + hex("LOW"));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void foreign_clients_and_workers_understand_each_other(Peer client, Peer worker)
      throws Exception {
    worker(worker, "theirs");

    assertThat(outcome(client, "theirs_echo", ALL_BYTES))
        .containsExactly("complete " + hex(ALL_BYTES), "end");
    assertThat(outcome(client, "theirs_fail", ALL_BYTES)).containsExactly("fail", "end");
    assertThat(outcome(client, "theirs_throw", ALL_BYTES))
        .containsExactly("exception " + hex("no such order"), "end");
    assertThat(outcome(client, "theirs_stream", ALL_BYTES))
        .containsExactly(
            "status 1/2",
            "data " + hex("part\0one"),
            "warning " + hex("careful"),
            "status 2/2",
            "complete " + hex("whole"),
            "end");
  }

  @Test
  void the_command_line_client_is_served_by_our_worker() throws Exception {
    LinkedBlockingQueue<String> seen = serve();

    assertThat(gearman("-f", "ours_echo", "-I", "-u", "key")
            .stdin("hello".getBytes(UTF_8))
            .output())
        .containsExactly("hello");
    assertThat(gearman("-f", "ours_empty", "-L", "-s").output()).isEmpty();
    // Data and result are written at once, how far it is only at the end.
    assertThat(String.join("\n", gearman("-f", "ours_stream", "-s").output()))
        .startsWith("part\0onewhole")
        .contains("50% Complete", "100% Complete");
    assertThat(gearman("-f", "ours_fail", "-s").exitCode()).isNotZero();
    assertThat(gearman("-b", "-f", "ours_echo").stdin("later".getBytes(UTF_8)).output())
        .isEmpty();
    for (String payload = take(seen); !payload.equals("later"); ) {
      payload = take(seen);
    }
  }

  @Test
  void the_command_line_worker_serves_our_tasks() {
    open(gearman("-w", "-f", "shout", "--", "tr", "a-z", "A-Z"));
    open(gearman("-w", "-f", "broken", "--", "false"));

    assertThat(Await.value(call("shout", "hello".getBytes(UTF_8)))).hasToString("HELLO");
    assertThat(Await.value(call("shout", NONE)).length()).isZero();
    Await.failure(call("broken", ALL_BYTES), RemoteTaskException.class);
  }

  /** Our worker, for the same functions that the scripts serve; tells the payloads it got. */
  private LinkedBlockingQueue<String> serve() {
    LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
    GearmanWorker worker = open(GearmanWorker.open("gearman://127.0.0.1:" + port()));
    FunctionOptions oneAtATime = FunctionOptions.create().concurrency(1);
    Await.value(Future.all(
        worker.registerAsync("ours_echo", oneAtATime, job -> {
          seen.add(job.payload().toString(UTF_8));
          return Future.succeededFuture(job.payload());
        }),
        worker.register("ours_empty", oneAtATime, job -> Buffer.buffer()),
        worker.register("ours_fail", oneAtATime, job -> {
          job.fail();
          return null;
        }),
        worker.register("ours_throw", oneAtATime, job -> {
          job.exception("no such order");
          return null;
        }),
        worker.register("ours_stream", oneAtATime, job -> {
          job.progress(1, 2).await();
          job.data(Buffer.buffer("part\0one")).await();
          job.warning("careful").await();
          job.progress(2, 2).await();
          return Buffer.buffer("whole");
        })));
    return seen;
  }

  final TaskQueue queue() {
    return open(TaskQueue.open("gearman://127.0.0.1:" + port()));
  }

  final Future<Buffer> call(String function, byte[] payload) {
    return queue().call(raw(function), Buffer.buffer(payload));
  }

  private static TaskType<Buffer, Buffer> raw(String function) {
    return TaskType.raw(function);
  }

  final ForeignProgram worker(Peer peer, String prefix) {
    return open(peer.worker(port(), prefix));
  }

  private ForeignProgram client(
      Peer peer, String function, String mode, String unique, byte[] payload) {
    return open(peer.client(port(), function, mode, unique, payload));
  }

  final List<String> outcome(Peer peer, String function, byte[] payload)
      throws InterruptedException {
    return client(peer, function, "normal", "", payload).output();
  }

  private ForeignProgram gearman(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("gearman", "-h", "127.0.0.1", "-p", Integer.toString(port())));
    command.addAll(List.of(arguments));
    return open(new ForeignProgram(command));
  }

  private void awaitClients(String unique, int number) {
    try (RawPeer asker = RawPeer.of(port())) {
      await().atMost(LIMIT).until(() -> {
        asker.send(new GetStatusUnique(unique));
        return asker.next() instanceof StatusResUnique status && status.clients() == number;
      });
    }
  }

  private void awaitJobs(int number) {
    try (GearmanAdmin admin = GearmanAdmin.open("gearman://127.0.0.1:" + port())) {
      await().atMost(LIMIT).until(() -> {
        List<ListedJob> jobs = Await.value(admin.jobs());
        return jobs.size() == number;
      });
    }
  }

  private <T extends AutoCloseable> T open(T opened) {
    open.push(opened);
    return opened;
  }

  private static String take(LinkedBlockingQueue<String> queue) throws InterruptedException {
    String next = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).as("something came within %s", LIMIT).isNotNull();
    return next;
  }

  private static String hex(String text) {
    return hex(text.getBytes(UTF_8));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] allBytes() {
    byte[] all = new byte[1024];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return all;
  }
}
