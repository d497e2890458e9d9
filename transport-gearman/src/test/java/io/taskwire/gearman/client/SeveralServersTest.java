/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanListener;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanServerStatus;
import io.taskwire.gearman.GearmanServerStatus.State;
import io.taskwire.gearman.JobLostException;
import io.taskwire.gearman.JobReport;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.JobState;
import io.taskwire.gearman.JobStatus;
import io.taskwire.gearman.NoServerException;
import io.taskwire.gearman.ServerSelection;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client with two gearmands, of which one may fail. */
@Timeout(60)
class SeveralServersTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String FUNCTION = "several";

  private final GearmandBroker first = GearmandBroker.create();
  private final GearmandBroker second = GearmandBroker.create();
  private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() {
    first.start();
    second.start();
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private static String name(GearmandBroker broker) {
    return "127.0.0.1:" + broker.port();
  }

  private GearmanOptions.Builder both() {
    return GearmanOptions.builder()
        .server("127.0.0.1", first.port())
        .server("127.0.0.1", second.port())
        .retry(Duration.ofMillis(100));
  }

  /** A client that is connected to both. */
  private GearmanClient open(GearmanOptions.Builder options) {
    GearmanClient client = GearmanClient.open(options.listener(listener()).build());
    Await.until("both are connected", () -> connected(client) == 2);
    events.clear();
    return client;
  }

  private static long connected(GearmanClient client) {
    return client.servers().stream().filter(GearmanServerStatus::isConnected).count();
  }

  private GearmanListener listener() {
    return new GearmanListener() {
      @Override
      public void connected(String server) {
        events.add("connected " + server);
      }

      @Override
      public void disconnected(String server, Throwable cause) {
        events.add("disconnected " + server);
      }

      @Override
      public void gaveUp(String server, Throwable cause) {
        events.add("gave up " + server);
      }
    };
  }

  private String event() throws InterruptedException {
    return String.valueOf(events.poll(20, TimeUnit.SECONDS));
  }

  private static List<GearmanJob> submit(GearmanClient client, int count, JobRequest request) {
    List<GearmanJob> jobs =
        client.submitAll(IntStream.range(0, count).mapToObj(i -> request).toList());
    assertThat(Await.value(client.waitUntilAccepted(jobs, LONG)).isAllDone()).isTrue();
    return jobs;
  }

  private static Map<String, Long> byServer(List<GearmanJob> jobs) {
    return jobs.stream().collect(Collectors.groupingBy(GearmanJob::server, Collectors.counting()));
  }

  @Test
  void jobs_go_round_over_the_connected_servers() {
    try (GearmanClient client = open(both())) {
      List<GearmanJob> jobs = submit(client, 10, JobRequest.of(FUNCTION, "x").background());

      assertThat(byServer(jobs)).isEqualTo(Map.of(name(first), 5L, name(second), 5L));
    }
  }

  @Test
  void by_unique_equal_keys_meet_whichever_client_submits_them() {
    GearmanOptions.Builder options = both().selection(ServerSelection.BY_UNIQUE);
    GearmanOptions.Builder reversed = GearmanOptions.builder()
        .server("127.0.0.1", second.port())
        .server("127.0.0.1", first.port())
        .selection(ServerSelection.BY_UNIQUE);
    try (GearmanClient one = open(options);
        GearmanClient other = open(reversed)) {
      Map<String, Integer> used = new HashMap<>();
      for (int i = 0; i < 40; i++) {
        JobRequest request = JobRequest.of(FUNCTION, "x").unique("key " + i);
        GearmanJob job = submit(one, 1, request).get(0);
        GearmanJob twin = submit(other, 1, request).get(0);
        assertThat(twin.server()).isEqualTo(job.server());
        assertThat(twin.handle()).isEqualTo(job.handle());
        used.merge(job.server(), 1, Integer::sum);
      }
      // Forty keys all on one of two servers: once in 5 * 10^11.
      assertThat(used).hasSize(2);
      assertThat(byServer(submit(one, 4, JobRequest.of(FUNCTION, "x")))).hasSize(2);
    }
  }

  @Test
  void when_a_server_fails_only_its_own_keys_move_and_they_move_back() {
    try (GearmanClient client = open(both().selection(ServerSelection.BY_UNIQUE))) {
      Map<String, String> before = servers(client);
      first.kill();
      Await.until("the loss is seen", () -> connected(client) == 1);
      Map<String, String> without = servers(client);
      assertThat(without.values()).containsOnly(name(second));

      first.start();
      Await.until("it is back", () -> connected(client) == 2);
      assertThat(servers(client)).isEqualTo(before);
      assertThat(before.values()).contains(name(first), name(second));
    }
  }

  private static Map<String, String> servers(GearmanClient client) {
    Map<String, String> servers = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      String key = "key " + i;
      GearmanJob job = submit(
              client, 1, JobRequest.of(FUNCTION, "x").unique(key).background())
          .get(0);
      servers.put(key, job.server());
    }
    return servers;
  }

  @Test
  void a_failed_server_is_skipped_shown_and_tried_again() throws InterruptedException {
    try (GearmanClient client = open(both())) {
      first.kill();
      assertThat(event()).isEqualTo("disconnected " + name(first));
      Await.until(
          "the next attempt failed too", () -> client.servers().get(0).state() == State.FAILED);
      GearmanServerStatus failed = client.servers().get(0);
      if (failed.state() == State.FAILED) {
        // Refused, or reset where the dying process still took the connection.
        assertThat(failed.cause()).hasMessageContaining(name(first));
        assertThat(failed.nextAttempt()).isNotNull();
        assertThat(failed.since()).isBeforeOrEqualTo(Instant.now());
      }
      assertThat(client.servers().get(1).isConnected()).isTrue();
      assertThat(byServer(submit(client, 4, JobRequest.of(FUNCTION, "x").background())))
          .isEqualTo(Map.of(name(second), 4L));

      first.start();
      assertThat(event()).isEqualTo("connected " + name(first));
      assertThat(byServer(submit(client, 4, JobRequest.of(FUNCTION, "x").background())))
          .isEqualTo(Map.of(name(first), 2L, name(second), 2L));
    }
  }

  @Test
  void a_lost_job_says_so_and_is_not_sent_again_by_itself() {
    try (GearmanClient client = open(both())) {
      List<GearmanJob> jobs = submit(client, 2, JobRequest.of(FUNCTION, "x"));
      GearmanJob lost = jobs.stream()
          .filter(job -> job.server().equals(name(first)))
          .findFirst()
          .orElseThrow();
      first.kill();

      JobLostException loss = Await.failure(lost.result(), JobLostException.class);
      assertThat(loss.handle()).isEqualTo(lost.handle());
      assertThat(loss).hasMessageContaining(name(first)).hasMessageContaining("may run it twice");
      assertThat(lost.state()).isEqualTo(JobState.LOST);
      assertThat(lost.attempts()).isEqualTo(1);
      JobReport report = Await.value(client.waitUntilCompleted(jobs, Duration.ZERO));
      assertThat(report.in(JobState.LOST)).containsExactly(lost);
      assertThat(report.open()).hasSize(1);
    }
  }

  @Test
  void a_lost_job_with_retries_is_finished_by_another_server_under_a_fresh_key() {
    try (GearmanClient client = open(both());
        PlainWorker worker = PlainWorker.holding(second.port(), FUNCTION)) {
      JobRequest request = JobRequest.of(FUNCTION, "ab").maxRetries(1).uniqueGenerated();
      GearmanJob job = submit(client, 2, request).stream()
          .filter(one -> one.server().equals(name(first)))
          .findFirst()
          .orElseThrow();
      String before = job.unique();
      first.kill();

      Await.until("it was sent again", () -> job.attempts() == 2);
      for (int i = 0; i < 2; i++) {
        worker.complete(worker.take(), "done");
      }
      assertThat(Await.value(job.result()).toString()).isEqualTo("done");
      assertThat(job.server()).isEqualTo(name(second));
      assertThat(job.unique()).hasSize(36).isNotEqualTo(before);
    }
  }

  @Test
  void when_retries_are_used_up_the_job_is_lost() {
    try (GearmanClient client = open(both())) {
      GearmanJob job =
          submit(client, 1, JobRequest.of(FUNCTION, "x").maxRetries(1)).get(0);
      boolean onFirst = job.server().equals(name(first));
      (onFirst ? first : second).kill();
      Await.until(
          "it was sent again", () -> job.attempts() == 2 && !job.handle().isEmpty());
      (onFirst ? second : first).kill();

      Await.failure(job.result(), JobLostException.class);
      assertThat(job.attempts()).isEqualTo(2);
    }
  }

  @Test
  void the_status_by_key_is_that_of_the_server_that_knows_it() {
    try (GearmanClient client = open(both());
        PlainWorker worker = PlainWorker.holding(second.port(), FUNCTION)) {
      for (int i = 0; i < 2; i++) {
        GearmanJob job =
            submit(client, 1, JobRequest.of(FUNCTION, "x").unique("key " + i)).get(0);
        JobStatus status = Await.value(client.statusByUnique("key " + i));
        assertThat(status.server()).isEqualTo(job.server());
        assertThat(status.known()).isTrue();
      }
      worker.take();
    }
  }

  @Test
  void without_any_server_a_request_fails_by_name_after_a_bounded_wait() {
    first.kill();
    second.kill();
    try (GearmanClient client =
        GearmanClient.open(both().requestTimeout(Duration.ofMillis(300)).build())) {
      GearmanJob job = client.submit(FUNCTION, "x");

      NoServerException none = Await.failure(job.result(), NoServerException.class);
      assertThat(none)
          .hasMessageContaining("300 ms")
          .hasMessageContaining(name(first))
          .hasMessageContaining(name(second))
          .hasMessageContaining("refused");
      assertThat(job.state()).isEqualTo(JobState.REFUSED);
      assertThat(job.attempts()).isZero();
      Await.failure(client.echo(Buffer.buffer("x")), NoServerException.class);
      Await.failure(client.connected(), NoServerException.class);
    }
  }

  @Test
  void a_server_that_comes_in_time_takes_what_waits() {
    first.kill();
    second.kill();
    try (GearmanClient client = GearmanClient.open(both().build())) {
      List<GearmanJob> jobs = List.of(
          client.submit(JobRequest.of(FUNCTION, "1").background()),
          client.submit(JobRequest.of(FUNCTION, "2").background()));
      assertThat(jobs.get(0).state()).isEqualTo(JobState.PENDING);
      second.start();

      assertThat(Await.value(client.waitUntilAccepted(jobs, LONG)).done()).isEqualTo(jobs);
      Await.done(client.connected());
      try (PlainWorker worker = PlainWorker.reversing(second.port(), FUNCTION)) {
        assertThat(worker.take().payload().toString()).isEqualTo("1");
        assertThat(worker.take().payload().toString()).isEqualTo("2");
      }
    }
  }

  @Test
  void when_no_server_will_be_tried_again_nothing_waits() throws InterruptedException {
    first.kill();
    second.kill();
    GearmanOptions options = both().noRetry().listener(listener()).build();
    try (GearmanClient client = GearmanClient.open(options)) {
      GearmanJob job = client.submit(FUNCTION, "x");

      assertThat(Await.failure(job.result(), NoServerException.class))
          .hasMessageContaining("none will be");
      assertThat(event()).startsWith("gave up ");
      assertThat(client.servers().get(0).state()).isEqualTo(State.GIVEN_UP);
      Await.failure(client.connected(), NoServerException.class);
    }
  }
}
