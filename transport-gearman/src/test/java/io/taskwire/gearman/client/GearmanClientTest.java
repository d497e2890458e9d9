/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.Priority;
import io.taskwire.Progress;
import io.taskwire.gearman.FunctionStatus;
import io.taskwire.gearman.GearmanAdmin;
import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.JobFailedException;
import io.taskwire.gearman.JobRefusedException;
import io.taskwire.gearman.JobRefusedException.Reason;
import io.taskwire.gearman.JobReport;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.JobState;
import io.taskwire.gearman.JobStatus;
import io.taskwire.gearman.JobThrewException;
import io.taskwire.gearman.codec.GrabJobAll;
import io.taskwire.gearman.codec.JobAssignAll;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkStatus;
import io.taskwire.gearman.codec.WorkWarning;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A client with one gearmand. */
@Timeout(60)
class GearmanClientTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final GearmandBroker BROKER = GearmandBroker.create();

  private String function = "";
  private GearmanClient client = GearmanClient.open("gearman://localhost");

  @BeforeAll
  static void start() {
    BROKER.start();
  }

  @AfterAll
  static void stop() {
    BROKER.close();
  }

  @BeforeEach
  void open(TestInfo test) {
    client.close();
    function = test.getTestMethod().orElseThrow().getName();
    client = GearmanClient.open(BROKER.url());
  }

  @AfterEach
  void close() {
    client.close();
  }

  private PlainWorker holding() {
    return PlainWorker.holding(BROKER.port(), function);
  }

  private static String text(Future<Buffer> result) {
    return Await.value(result).toString();
  }

  @Test
  void a_foreground_job_gives_the_workers_result() {
    try (PlainWorker worker = PlainWorker.reversing(BROKER.port(), function)) {
      GearmanJob job = client.submit(function, "hello");

      assertThat(text(job.result())).isEqualTo("olleh");
      assertThat(job.state()).isEqualTo(JobState.COMPLETE);
      assertThat(job.handle()).startsWith("H:");
      assertThat(job.server()).isEqualTo("127.0.0.1:" + BROKER.port());
      assertThat(job.unique()).isEmpty();
      assertThat(job.attempts()).isEqualTo(1);
      assertThat(job.cause()).isNull();
      assertThat(worker.take().function()).isEqualTo(function);
    }
  }

  @Test
  void bytes_of_any_value_and_none_travel_both_ways() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (PlainWorker worker = new PlainWorker(
        BROKER.port(),
        function,
        (job, self) ->
            self.send(new WorkComplete(job.handle(), job.payload()), new GrabJobAll()))) {
      assertThat(
              Await.value(client.submit(function, Buffer.buffer(all)).result()).getBytes())
          .isEqualTo(all);
      assertThat(Await.value(client.submit(function, Buffer.buffer()).result()).length())
          .isZero();
      assertThat(worker.take().payload().getBytes()).isEqualTo(all);
    }
  }

  @Test
  void all_six_forms_reach_a_worker_in_the_order_of_their_priorities() {
    List<GearmanJob> jobs = client.submitAll(Stream.of(
            JobRequest.of(function, "low bg").priority(Priority.LOW).background(),
            JobRequest.of(function, "low").priority(Priority.LOW),
            JobRequest.of(function, "normal bg").background(),
            JobRequest.of(function, "normal"),
            JobRequest.of(function, "high bg").priority(Priority.HIGH).background(),
            JobRequest.of(function, "high").priority(Priority.HIGH))
        .toList());
    assertThat(Await.value(client.waitUntilAccepted(jobs, LONG)).isAllDone()).isTrue();

    try (PlainWorker worker = PlainWorker.reversing(BROKER.port(), function)) {
      assertThat(IntStream.range(0, 6).mapToObj(i -> worker.take().payload().toString()))
          .containsExactly("high bg", "high", "normal bg", "normal", "low bg", "low");
      assertThat(Await.value(client.waitUntilCompleted(jobs, LONG)).in(JobState.COMPLETE))
          .containsExactly(jobs.get(1), jobs.get(3), jobs.get(5));
    }
  }

  @Test
  void a_background_job_is_done_when_the_server_has_it() {
    GearmanJob job = client.submit(JobRequest.of(function, "x").background());

    assertThat(Await.value(job.result()).length()).isZero();
    assertThat(job.state()).isEqualTo(JobState.CREATED);
    assertThat(job.handle()).isNotEmpty();
  }

  @Test
  void a_background_job_outlives_its_client() {
    Await.done(client.submit(JobRequest.of(function, "x").background()).accepted());
    client.close();

    try (PlainWorker worker = holding()) {
      assertThat(worker.take().payload().toString()).isEqualTo("x");
    }
  }

  @Test
  void a_job_for_a_time_gone_by_is_queued_for_a_worker_that_looks() {
    GearmanJob job = client.submit(JobRequest.of(function, "x").at(Instant.now().minusSeconds(2)));
    Await.done(job.accepted());

    try (PlainWorker worker = holding()) {
      assertThat(worker.take().payload().toString()).isEqualTo("x");
      assertThat(job.request().isBackground()).isTrue();
    }
  }

  @Test
  void a_job_for_a_later_time_is_not_handed_out_before() {
    GearmanJob later =
        client.submit(JobRequest.of(function, "later").at(Instant.now().plusSeconds(3600)));
    GearmanJob now = client.submit(JobRequest.of(function, "now").background());
    Await.value(client.waitUntilAccepted(List.of(later, now), LONG));

    try (PlainWorker worker = PlainWorker.reversing(BROKER.port(), function)) {
      assertThat(worker.take().payload().toString()).isEqualTo("now");
      JobStatus status = Await.value(client.status(later));
      assertThat(status.known()).isTrue();
      assertThat(status.running()).isFalse();
    }
  }

  @Test
  void a_reduce_job_tells_its_worker_the_reducer() {
    GearmanJob job = client.submit(JobRequest.of(function, "parts").reduceWith("join"));

    try (PlainWorker worker = PlainWorker.reversing(BROKER.port(), function)) {
      JobAssignAll assigned = worker.take();
      assertThat(assigned.reducer()).isEqualTo("join");
      assertThat(text(job.result())).isEqualTo("strap");
    }
  }

  @Test
  void a_failed_job_and_one_that_threw_are_told_apart() {
    GearmanJob fails = client.submit(function, "fail");
    GearmanJob throwsUp = client.submit(function, "throw");

    try (PlainWorker worker = new PlainWorker(BROKER.port(), function, (job, self) -> {
      if (job.payload().toString().equals("fail")) {
        self.send(new WorkFail(job.handle()), new GrabJobAll());
      } else {
        self.send(new WorkException(job.handle(), Buffer.buffer("disk full")), new GrabJobAll());
      }
    })) {
      JobFailedException failed = Await.failure(fails.result(), JobFailedException.class);
      JobThrewException threw = Await.failure(throwsUp.result(), JobThrewException.class);

      assertThat(failed).isExactlyInstanceOf(JobFailedException.class);
      assertThat(failed.handle()).isEqualTo(fails.handle());
      assertThat(fails.state()).isEqualTo(JobState.FAILED);
      assertThat(threw.data().toString()).isEqualTo("disk full");
      assertThat(threw).hasMessageContaining("disk full").hasMessageContaining(function);
      assertThat(throwsUp.state()).isEqualTo(JobState.EXCEPTION);
      assertThat(throwsUp.cause()).isSameAs(threw);
      assertThat(worker.jobs).hasSize(2);
    }
  }

  @Test
  void progress_data_and_warnings_come_live_and_in_order() {
    List<String> heard = new CopyOnWriteArrayList<>();
    Promise<Void> dataEnd = Promise.promise();
    Promise<Void> warningEnd = Promise.promise();
    try (PlainWorker worker = holding()) {
      GearmanJob job = client.submit(JobRequest.of(function, "x"), prepared -> {
        prepared.onProgress(progress -> heard.add(progress.done() + "/" + progress.total()));
        prepared.data().handler(chunk -> heard.add("data " + chunk)).endHandler(dataEnd::complete);
        prepared
            .warnings()
            .handler(chunk -> heard.add("warning " + chunk))
            .endHandler(warningEnd::complete);
      });
      JobAssignAll assigned = worker.take();
      worker.send(new WorkStatus(assigned.handle(), 1, 2));
      Await.until("the progress is there", () -> job.progress() != null);

      assertThat(job.progress()).isEqualTo(new Progress(1, 2));
      assertThat(job.state()).isEqualTo(JobState.RUNNING);
      worker.send(
          new WorkData(assigned.handle(), Buffer.buffer("a")),
          new WorkWarning(assigned.handle(), Buffer.buffer("careful")),
          new WorkData(assigned.handle(), Buffer.buffer("b")));
      worker.complete(assigned, "end");

      assertThat(text(job.result())).isEqualTo("end");
      Await.done(dataEnd.future());
      Await.done(warningEnd.future());
      assertThat(heard).containsExactly("1/2", "data a", "warning careful", "data b");
    }
  }

  @Test
  void a_handler_that_is_set_late_is_given_what_came_before() {
    try (PlainWorker worker = holding()) {
      GearmanJob job = client.submit(function, "x");
      JobAssignAll assigned = worker.take();
      worker.send(new WorkData(assigned.handle(), Buffer.buffer("early")));
      worker.complete(assigned, "end");
      Await.done(job.result());

      List<String> heard = new CopyOnWriteArrayList<>();
      Promise<Void> end = Promise.promise();
      job.data().handler(chunk -> heard.add(chunk.toString())).endHandler(end::complete);
      Await.done(end.future());
      assertThat(heard).containsExactly("early");
    }
  }

  @Test
  void equal_keys_join_one_job_and_all_hear_its_end() {
    JobRequest request = JobRequest.of(function, "x").unique("the key");
    GearmanJob first = client.submit(request);
    GearmanJob second = client.submit(request);
    Await.value(client.waitUntilAccepted(List.of(first, second), LONG));

    try (PlainWorker worker = PlainWorker.reversing(BROKER.port(), function)) {
      assertThat(text(first.result())).isEqualTo("x");
      assertThat(text(second.result())).isEqualTo("x");
      assertThat(first.handle()).isEqualTo(second.handle());
      assertThat(first.unique()).isEqualTo("the key");
      assertThat(worker.jobs).hasSize(1);
      assertThat(worker.take().unique()).isEqualTo("the key");
    }
  }

  @Test
  void equal_payloads_join_only_when_asked_for_by_name() {
    JobRequest joined = JobRequest.of(function, "same").uniqueByPayload();
    List<GearmanJob> jobs = client.submitAll(List.of(joined, joined));
    assertThat(Await.value(client.waitUntilAccepted(jobs, LONG)).isAllDone()).isTrue();
    assertThat(jobs.get(0).handle()).isEqualTo(jobs.get(1).handle());

    GearmanJob dash = client.submit(JobRequest.of(function, "same").unique("-"));
    JobRefusedException refusal = Await.failure(dash.result(), JobRefusedException.class);
    assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
    assertThat(refusal).hasMessageContaining("uniqueByPayload()");
  }

  @Test
  void a_generated_key_differs_from_job_to_job() {
    JobRequest request = JobRequest.of(function, "x").uniqueGenerated();
    List<GearmanJob> jobs = client.submitAll(List.of(request, request));
    Await.value(client.waitUntilAccepted(jobs, LONG));

    assertThat(jobs.get(0).unique()).hasSize(36).isNotEqualTo(jobs.get(1).unique());
  }

  @Test
  void what_would_harm_a_server_is_refused_before_it_is_sent() {
    List<JobRequest> wrong = List.of(
        JobRequest.of("", "x"),
        JobRequest.of("f".repeat(256), "x"),
        JobRequest.of("a\0b", "x"),
        JobRequest.of(function, "x").unique("u".repeat(64)),
        JobRequest.of(function, "x").unique("\u00e9".repeat(32)),
        JobRequest.of(function, "x").unique("a\0b"),
        JobRequest.of(function, "x").at(Instant.now()).priority(Priority.HIGH),
        JobRequest.of(function, "x").reduceWith("r").priority(Priority.LOW),
        JobRequest.of(function, "x").reduceWith("r").at(Instant.now()),
        JobRequest.ofValue(function, 7, Integer.class));

    for (JobRequest request : wrong) {
      GearmanJob job = client.submit(request);
      assertThat(job.state()).as("%s", request).isEqualTo(JobState.REFUSED);
      assertThat(Await.failure(job.accepted(), JobRefusedException.class).reason())
          .isEqualTo(Reason.INVALID);
    }
    GearmanJob longest = client.submit(JobRequest.of(function, "x").unique("u".repeat(63)));
    Await.done(longest.accepted());
  }

  @Test
  void a_payload_over_the_limit_is_refused_and_an_answer_over_it_skipped() {
    GearmanOptions small =
        GearmanOptions.builder().uri(BROKER.url()).maxPayload(1024).build();
    try (GearmanClient frugal = GearmanClient.open(small);
        PlainWorker worker = new PlainWorker(
            BROKER.port(), function, (job, self) -> self.complete(job, "y".repeat(2000)))) {
      GearmanJob large = frugal.submit(function, "x".repeat(1025));
      assertThat(Await.failure(large.result(), JobRefusedException.class).reason())
          .isEqualTo(Reason.TOO_LARGE);

      GearmanJob job = frugal.submit(function, "x");
      assertThat(Await.failure(job.result(), GearmanException.class))
          .hasMessageContaining("2000 bytes")
          .hasMessageContaining("maxPayload");
      assertThat(job.state()).isEqualTo(JobState.ABANDONED);
      assertThat(worker.jobs).hasSize(1);
    }
  }

  @Test
  void a_namespace_is_put_before_the_function() {
    GearmanOptions options =
        GearmanOptions.builder().uri(BROKER.url()).namespace("shop-").build();
    try (GearmanClient shop = GearmanClient.open(options);
        PlainWorker worker = PlainWorker.reversing(BROKER.port(), "shop-" + function)) {
      GearmanJob job = shop.submit(function, "ab");

      assertThat(text(job.result())).isEqualTo("ba");
      assertThat(job.request().function()).isEqualTo(function);
      assertThat(worker.jobs).hasSize(1);
    }
  }

  @Test
  void waiting_reports_who_is_still_open_and_goes_on() {
    try (PlainWorker worker = holding()) {
      GearmanJob done = client.submit(function, "done");
      worker.complete(worker.take(), "yes");
      Await.done(done.result());
      GearmanJob slow = client.submit(function, "slow");
      JobAssignAll assigned = worker.take();
      Await.done(slow.accepted());

      JobReport report =
          Await.value(client.waitUntilCompleted(List.of(slow, done), Duration.ofMillis(50)));
      assertThat(report.done()).containsExactly(done);
      assertThat(report.open()).containsExactly(slow);
      assertThat(report.isAllDone()).isFalse();
      assertThat(slow.state()).isEqualTo(JobState.TIMED_OUT);
      assertThat(slow.result().isComplete()).isFalse();

      assertThat(Await.value(client.waitUntilAccepted(List.of(slow), Duration.ZERO))
              .isAllDone())
          .isTrue();
      assertThat(slow.state()).isEqualTo(JobState.CREATED);
      Future<JobReport> again = client.waitUntilCompleted(List.of(slow), LONG);
      worker.complete(assigned, "late");
      assertThat(Await.value(again).done()).containsExactly(slow);
      assertThat(slow.state()).isEqualTo(JobState.COMPLETE);
      assertThat(text(slow.result())).isEqualTo("late");
    }
  }

  @Test
  void a_jobs_own_limit_ends_it_and_its_late_result_is_dropped() {
    try (PlainWorker worker = holding()) {
      GearmanJob job = client.submit(JobRequest.of(function, "x").timeout(Duration.ofMillis(30)));
      JobAssignAll assigned = worker.take();

      assertThat(Await.failure(job.result(), GearmanTimeoutException.class))
          .hasMessageContaining("30 ms")
          .hasMessageContaining("may still run");
      worker.complete(assigned, "late");
      GearmanJob next = client.submit(function, "next");
      worker.complete(worker.take(), "on time");
      assertThat(text(next.result())).isEqualTo("on time");
      assertThat(job.state()).isEqualTo(JobState.ABANDONED);
    }
  }

  @Test
  void an_abandoned_job_is_heard_of_no_more() {
    try (PlainWorker worker = holding()) {
      GearmanJob job = client.submit(function, "x");
      JobAssignAll assigned = worker.take();
      Await.done(job.accepted());
      job.abandon();

      assertThat(Await.failure(job.result(), GearmanException.class))
          .hasMessageContaining("abandoned");
      worker.complete(assigned, "late");
      assertThat(Await.value(client.echo(Buffer.buffer("still there"))).toString())
          .isEqualTo("still there");
      assertThat(job.state()).isEqualTo(JobState.ABANDONED);
    }
  }

  @Test
  void status_is_told_by_handle_and_by_key_for_many_at_once() {
    try (PlainWorker worker = holding()) {
      GearmanJob running = client.submit(JobRequest.of(function, "r").unique("run " + function));
      JobAssignAll assigned = worker.take();
      worker.send(new WorkStatus(assigned.handle(), 3, 4));
      GearmanJob queued = client.submit(JobRequest.of(function, "q").unique("wait " + function));
      Await.until("its progress is there", () -> running.progress() != null);
      Await.done(queued.accepted());

      List<JobStatus> byHandle = Await.value(client.status(List.of(running, queued)));
      assertThat(byHandle.stream().map(JobStatus::id))
          .containsExactly(running.handle(), queued.handle());
      assertThat(byHandle.stream().map(JobStatus::running)).containsExactly(true, false);
      assertThat(byHandle.get(0).progress()).isEqualTo(new Progress(3, 4));
      assertThat(byHandle.get(1).progress()).isNull();

      List<JobStatus> byKey = Await.value(
          client.statusByUnique(List.of("run " + function, "wait " + function, "never was")));
      assertThat(byKey.stream().map(JobStatus::known)).containsExactly(true, true, false);
      assertThat(byKey.stream().map(JobStatus::running)).containsExactly(true, false, false);
      assertThat(byKey.get(0).clients()).hasValue(1);

      JobStatus unknown = Await.value(client.status(running.server(), "H:nowhere:1"));
      assertThat(unknown.known()).isFalse();
    }
  }

  @Test
  void a_status_that_says_running_shows_in_the_job() {
    try (PlainWorker worker = holding()) {
      GearmanJob job = client.submit(function, "x");
      worker.take();
      Await.done(job.accepted());
      assertThat(job.state()).isEqualTo(JobState.CREATED);

      assertThat(Await.value(client.status(job)).running()).isTrue();
      assertThat(job.state()).isEqualTo(JobState.RUNNING);
    }
  }

  @Test
  void the_status_of_what_cannot_be_asked_for_is_a_typed_error() {
    GearmanJob refused = client.submit("", "x");

    assertThat(Await.failure(client.status(refused), GearmanException.class))
        .hasMessageContaining("no server has acknowledged it");
    assertThat(Await.failure(client.status("elsewhere:1", "H:x:1"), GearmanException.class))
        .hasMessageContaining("none of this client's servers");
    try (GearmanClient other = GearmanClient.open(BROKER.url())) {
      assertThatThrownBy(() -> other.status(refused)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void echo_brings_the_bytes_back_and_an_option_is_taken_or_refused() {
    assertThat(Await.value(client.echo(Buffer.buffer("ping"))).toString()).isEqualTo("ping");
    Await.done(client.option("exceptions"));

    assertThat(Await.failure(client.option("nonsense"), GearmanException.class))
        .hasMessageContaining("UNKNOWN_OPTION");
  }

  @Test
  void an_admin_asks_over_the_clients_own_connection_between_its_jobs() {
    Await.done(client.submit(JobRequest.of(function, "x").background()).accepted());
    int before = BROKER.connections();
    GearmanAdmin admin = client.admin(client.servers().get(0).server());

    assertThat(Await.value(admin.version())).isNotEmpty();
    assertThat(Await.value(admin.status()).stream().map(FunctionStatus::function))
        .contains(function);
    assertThat(BROKER.connections()).isEqualTo(before);
    admin.close();
    assertThat(Await.value(client.echo(Buffer.buffer("open"))).toString()).isEqualTo("open");
  }

  @Test
  void many_jobs_are_submitted_a_few_at_a_time_and_handed_out_as_they_end() {
    List<String> results = new ArrayList<>();
    int[] most = {0};
    Iterable<JobRequest> requests = () -> IntStream.range(0, 500)
        .mapToObj(i -> JobRequest.of(function, String.valueOf(i)))
        .peek(request -> most[0]++)
        .iterator();
    try (PlainWorker worker = holding()) {
      Future<Void> all = client.submitAll(
          requests, 7, job -> results.add(String.valueOf(job.result().result())));
      JobAssignAll first = worker.take();
      // The eighth is not even made before one has ended.
      assertThat(Await.value(client.echo(Buffer.buffer())).length()).isZero();
      assertThat(most[0]).isEqualTo(7);
      worker.complete(first, "0");
      for (int i = 1; i < 500; i++) {
        JobAssignAll job = worker.take();
        worker.complete(job, job.payload().toString());
      }

      Await.done(all);
      assertThat(results)
          .containsExactlyElementsOf(
              IntStream.range(0, 500).mapToObj(String::valueOf).toList());
    }
  }

  @Test
  void a_source_or_a_taker_that_throws_ends_the_submitting() {
    try (PlainWorker worker = PlainWorker.reversing(BROKER.port(), function)) {
      Iterable<JobRequest> requests = () ->
          IntStream.range(0, 100).mapToObj(i -> JobRequest.of(function, "x")).iterator();

      Future<Void> all = client.submitAll(requests, 1, job -> {
        throw new IllegalStateException("enough");
      });
      assertThat(Await.failure(all)).hasMessage("enough");
      assertThat(worker.jobs).hasSize(1);
    }
  }

  @Test
  void a_future_completes_on_the_context_it_was_asked_for() {
    Vertx vertx = Vertx.vertx();
    try (PlainWorker worker = PlainWorker.reversing(BROKER.port(), function);
        GearmanClient shared = GearmanClient.open(vertx, GearmanOptions.of(BROKER.url()))) {
      Context mine = vertx.getOrCreateContext();
      Promise<Context> seen = Promise.promise();
      mine.runOnContext(on -> shared
          .submit(function, "ab")
          .result()
          .onSuccess(result -> seen.complete(Vertx.currentContext())));

      assertThat(Await.value(seen.future())).isSameAs(mine);
      assertThat(worker.jobs).hasSize(1);
    } finally {
      Await.done(vertx.close());
    }
  }
}
