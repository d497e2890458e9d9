/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanListener;
import io.taskwire.gearman.GearmanServerStatus;
import io.taskwire.gearman.GearmanServerStatus.State;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.WorkerJob;
import io.taskwire.gearman.worker.JobCaller.Call;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.GearmandBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeveralServersTest {

  private static final FunctionOptions ONE_AT_A_TIME = FunctionOptions.create().concurrency(1);

  private final WorkerStage stage = new WorkerStage();
  private GearmandBroker a;
  private GearmandBroker b;

  @BeforeEach
  void start() {
    a = stage.broker();
    b = stage.broker();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void jobs_of_all_servers_are_worked_on() {
    GearmanWorker worker = stage.worker(a.port(), b.port());
    Await.value(worker.register("f", WorkerJob::server));
    everyServerKnows("f");

    assertThat(stage.caller(a.port()).submit("f", "").next())
        .isEqualTo("complete 127.0.0.1:" + a.port());
    assertThat(stage.caller(b.port()).submit("f", "").next())
        .isEqualTo("complete 127.0.0.1:" + b.port());
  }

  /** With one slot and a deep queue at one server, each job that ends gives the turn to the other. */
  @Test
  void a_server_with_many_jobs_does_not_keep_the_other_waiting() {
    GearmanWorker worker = stage.worker(a.port(), b.port());
    CountDownLatch release = new CountDownLatch(1);
    LinkedBlockingQueue<String> order = new LinkedBlockingQueue<>();
    Await.value(worker.register("f", ONE_AT_A_TIME, job -> {
      order.add(job.server().endsWith(":" + a.port()) ? "a" : "b");
      release.await();
      return null;
    }));
    everyServerKnows("f");
    fill(a, 60);
    assertThat(WorkerStage.take(order)).isEqualTo("a");
    fill(b, 20);
    release.countDown();
    List<String> first = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      first.add(WorkerStage.take(order));
    }

    assertThat(first.stream().filter("b"::equals).count()).isBetween(13L, 17L);
  }

  @Test
  void with_many_slots_the_servers_get_equal_shares_of_them() {
    GearmanWorker worker = stage.worker(a.port(), b.port());
    CountDownLatch release = new CountDownLatch(1);
    LinkedBlockingQueue<String> order = new LinkedBlockingQueue<>();
    Await.value(worker.register("f", FunctionOptions.create().concurrency(8), job -> {
      order.add(job.server().endsWith(":" + a.port()) ? "a" : "b");
      release.await();
      return null;
    }));
    everyServerKnows("f");
    fill(a, 200);
    for (int i = 0; i < 8; i++) {
      assertThat(WorkerStage.take(order)).isEqualTo("a");
    }
    fill(b, 200);
    release.countDown();
    List<String> next = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      next.add(WorkerStage.take(order));
    }

    assertThat(next.stream().filter("b"::equals).count()).isBetween(30L, 70L);
  }

  @Test
  void a_server_that_is_stopped_in_its_tracks_keeps_no_slot_from_the_other() {
    GearmanWorker worker = stage.add(GearmanWorker.open(
        WorkerStage.servers(a.port(), b.port()).heartbeat(Duration.ofMinutes(1)).build()));
    CountDownLatch release = new CountDownLatch(1);
    LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
    Await.value(worker.register("f", ONE_AT_A_TIME, job -> {
      begun.add(job.text());
      release.await();
      return job.text();
    }));
    everyServerKnows("f");
    JobCaller atA = stage.caller(a.port());
    JobCaller atB = stage.caller(b.port());
    Call late = atA.submit("f", "first");
    assertThat(WorkerStage.take(begun)).isEqualTo("first");
    a.freeze();
    // Where a job came from there may be another: the only slot goes to a grab that is not
    // answered.
    release.countDown();
    for (int i = 0; i < 5; i++) {
      assertThat(atB.submit("f", "b").next()).isEqualTo("complete b");
    }
    a.thaw();
    assertThat(late.next()).isEqualTo("complete first");
    assertThat(atA.submit("f", "a").next()).isEqualTo("complete a");
    assertThat(atB.submit("f", "b").next()).isEqualTo("complete b");
  }

  @Test
  void a_server_that_is_gone_does_not_disturb_the_other_and_is_served_again_when_it_is_back() {
    LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    GearmanWorker worker = stage.add(GearmanWorker.open(
        WorkerStage.servers(a.port(), b.port()).listener(new Told(events)).build()));
    Await.value(worker.register("f", job -> "f"));
    Await.value(worker.register("g", job -> "g"));
    everyServerKnows("f");
    everyServerKnows("g");
    assertThat(List.of(WorkerStage.take(events), WorkerStage.take(events)))
        .containsExactlyInAnyOrder("connected " + a.port(), "connected " + b.port());
    a.kill();

    assertThat(WorkerStage.take(events)).isEqualTo("disconnected " + a.port());
    assertThat(stage.caller(b.port()).submit("f", "").next()).isEqualTo("complete f");
    Await.until("the failure is shown", () -> status(worker, 0).cause() != null);
    assertThat(status(worker, 0).isConnected()).isFalse();
    assertThat(status(worker, 1).state()).isEqualTo(State.CONNECTED);
    a.start();
    everyServerKnows("f");
    everyServerKnows("g");
    assertThat(stage.caller(a.port()).submit("g", "").next()).isEqualTo("complete g");
    assertThat(events)
        .containsOnlyOnce("connected " + a.port())
        .doesNotContain("connected " + b.port());
    worker.close();
    assertThat(status(worker, 0).state()).isEqualTo(State.CLOSED);
  }

  @Test
  void the_next_job_comes_from_whichever_server_has_one() {
    GearmanWorker worker = stage.worker(a.port(), b.port());
    Await.value(worker.registerManual("f"));
    everyServerKnows("f");
    for (GearmandBroker each : List.of(a, b, b, a)) {
      stage.caller(each.port()).background("f", "");
      WorkerJob job = Await.value(worker.nextJob());
      assertThat(job.server()).isEqualTo("127.0.0.1:" + each.port());
      job.complete(null);
    }
  }

  @Test
  void waiting_for_a_server_ends_when_the_first_is_connected() {
    b.stop();
    GearmanWorker worker = stage.worker(a.port(), b.port());

    Await.value(worker.connected());
    assertThat(status(worker, 0).isConnected()).isTrue();
  }

  private static GearmanServerStatus status(GearmanWorker worker, int server) {
    return worker.servers().get(server);
  }

  private void everyServerKnows(String function) {
    for (GearmandBroker each : List.of(a, b)) {
      Await.until(
          "each server knows " + function,
          () -> WorkerStage.status(each.port(), function).endsWith(" 1"));
    }
  }

  private void fill(GearmandBroker broker, int jobs) {
    JobCaller caller = stage.caller(broker.port());
    for (int i = 0; i < jobs; i++) {
      caller.background("f", "");
    }
  }

  private record Told(LinkedBlockingQueue<String> events) implements GearmanListener {

    @Override
    public void connected(String server) {
      events.add("connected " + port(server));
    }

    @Override
    public void disconnected(String server, Throwable cause) {
      events.add("disconnected " + port(server));
    }

    private static String port(String server) {
      return server.substring(server.indexOf(':') + 1);
    }
  }
}
