/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.NoServerException;
import io.taskwire.gearman.WorkerOptions;
import io.taskwire.gearman.worker.JobCaller.Call;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.GearmandBroker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrationTest {

  private final WorkerStage stage = new WorkerStage();
  private GearmandBroker broker;
  private int port;
  private JobCaller caller;

  @BeforeEach
  void start() {
    broker = stage.broker();
    port = broker.port();
    caller = stage.caller(port);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_handler_that_is_registered_again_replaces_the_first_for_the_jobs_to_come() {
    GearmanWorker worker = stage.worker(port);
    CountDownLatch release = new CountDownLatch(1);
    LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
    FunctionOptions two = FunctionOptions.create().concurrency(2);
    Await.value(worker.register("f", two, job -> {
      begun.add("old");
      release.await();
      return "old";
    }));
    Call before = caller.submit("f", "");
    assertThat(WorkerStage.take(begun)).isEqualTo("old");
    Await.value(worker.registerAsync("f", two, job -> Future.succeededFuture("new")));

    assertThat(caller.submit("f", "").next()).isEqualTo("complete new");
    release.countDown();
    assertThat(before.next()).isEqualTo("complete old");
    assertThat(worker.functions()).containsExactly("f");
  }

  @Test
  void a_function_is_served_no_more_once_it_is_removed_and_its_running_job_is_finished_first() {
    GearmanWorker worker = stage.worker(port);
    CountDownLatch release = new CountDownLatch(1);
    LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
    Await.value(worker.register("f", FunctionOptions.create().concurrency(1), job -> {
      begun.add(job.text());
      release.await();
      return "finished";
    }));
    Call running = caller.submit("f", "running");
    WorkerStage.take(begun);
    Future<Void> removed = worker.unregister("f");
    assertThat(worker.functions()).isEmpty();
    Call later = caller.submit("f", "later");
    release.countDown();
    Await.value(removed);

    assertThat(running.next()).isEqualTo("complete finished");
    assertThat(WorkerStage.status(port, "f")).isEqualTo("1 0 0");
    assertThat(later.isSilent()).isTrue();
    Await.value(worker.register("f", job -> "back"));
    assertThat(later.next()).isEqualTo("complete back");
  }

  @Test
  void a_removed_function_whose_handler_does_not_end_goes_to_other_workers() {
    GearmanWorker worker =
        stage.worker(WorkerOptions.create().drainTimeout(Duration.ofMillis(100)), port);
    LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Boolean> lost = new LinkedBlockingQueue<>();
    Await.value(worker.register("f", job -> {
      begun.add(job.text());
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        lost.add(job.isLost());
      }
      return "nobody hears this";
    }));
    Await.value(worker.register("g", job -> "g"));
    Call call = caller.submit("f", "");
    WorkerStage.take(begun);
    Await.value(worker.unregister("f"));
    WorkerStage.take(lost);
    GearmanWorker other = stage.worker(port);
    Await.value(other.register("f", job -> "the other"));

    assertThat(call.next()).isEqualTo("complete the other");
    assertThat(caller.submit("g", "").next()).isEqualTo("complete g");
  }

  @Test
  void each_function_has_a_connection_of_its_own() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("f", job -> null));
    Await.value(worker.register("g", job -> null));
    Await.value(worker.register("h", job -> null));

    assertThat(serving()).containsExactlyInAnyOrder("f", "g", "h");
    Await.value(worker.unregister("g"));
    Await.until("the connection is closed", () -> broker.connections() == 3);
    assertThat(serving()).containsExactlyInAnyOrder("f", "h");
  }

  @Test
  void beyond_the_most_connections_functions_share_one_and_come_and_go_on_it() {
    GearmanWorker worker = stage.worker(WorkerOptions.create().maxConnections(1), port);
    Await.value(worker.register("f", job -> "f"));
    Await.value(worker.register("g", job -> "g"));

    assertThat(broker.connections()).isEqualTo(2);
    assertThat(caller.submit("f", "").next()).isEqualTo("complete f");
    assertThat(caller.submit("g", "").next()).isEqualTo("complete g");
    Await.value(worker.unregister("f"));
    assertThat(caller.submit("g", "").next()).isEqualTo("complete g");
    assertThat(WorkerStage.status(port, "f")).isEqualTo("0 0 0");
    assertThat(WorkerStage.status(port, "g")).isEqualTo("0 0 1");
  }

  @Test
  void a_job_that_waits_already_is_taken_when_its_function_comes_to_a_connection_asleep() {
    GearmanWorker worker = stage.worker(WorkerOptions.create().maxConnections(1), port);
    Await.value(worker.register("f", job -> "f"));
    assertThat(caller.submit("f", "").next()).isEqualTo("complete f");
    Call waiting = caller.submit("g", "");
    Await.value(worker.register("g", job -> "g"));

    assertThat(waiting.next()).isEqualTo("complete g");
  }

  @Test
  void functions_that_share_a_connection_share_the_smallest_concurrency() {
    GearmanWorker worker = stage.worker(WorkerOptions.create().maxConnections(1), port);
    CountDownLatch release = new CountDownLatch(1);
    LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
    for (String function : List.of("f", "g")) {
      int concurrency = function.equals("f") ? 1 : 8;
      Await.value(
          worker.register(function, FunctionOptions.create().concurrency(concurrency), job -> {
            begun.add(function);
            release.await();
            return null;
          }));
    }
    Call one = caller.submit("g", "");
    WorkerStage.take(begun);
    Call other = caller.submit("f", "");
    assertThat(WorkerStage.status(port, "f")).isEqualTo("1 0 1");
    release.countDown();

    assertThat(one.next()).isEqualTo("complete ");
    assertThat(other.next()).isEqualTo("complete ");
  }

  @Test
  void the_namespace_is_put_in_front_of_names_on_the_wire_only() {
    GearmanWorker worker =
        stage.add(GearmanWorker.open(WorkerStage.servers(port).namespace("app.").build()));
    Await.value(worker.register("f", job -> job.function()));

    assertThat(caller.submit("app.f", "").next()).isEqualTo("complete f");
    assertThat(worker.functions()).containsExactly("f");
  }

  @Test
  void the_server_is_told_the_id_of_the_worker() {
    GearmanWorker worker = stage.add(
        GearmanWorker.open(WorkerStage.servers(port).clientId("crusher-7").build()));
    Await.value(worker.register("f", job -> null));

    assertThat(WorkerStage.admin(port, "workers"))
        .anyMatch(line -> line.contains(" crusher-7 : f"));
  }

  @Test
  void without_a_server_registering_fails_in_time_and_is_made_good_when_one_comes() {
    broker.stop();
    GearmanWorker worker = stage.add(GearmanWorker.open(
        WorkerStage.servers(port).requestTimeout(Duration.ofMillis(100)).build()));

    assertThat(Await.failure(worker.register("f", job -> "f"), NoServerException.class))
        .hasMessageContaining("no server was connected within 100 ms: cannot connect to 127.0.0.1");
    broker.start();
    assertThat(stage.caller(port).submit("f", "").next()).isEqualTo("complete f");
  }

  @Test
  void registering_fails_when_no_server_will_come_and_when_the_worker_is_closed() {
    broker.stop();
    GearmanWorker hopeless =
        stage.add(GearmanWorker.open(WorkerStage.servers(port).noRetry().build()));
    assertThat(Await.failure(hopeless.register("f", job -> "f"), NoServerException.class))
        .hasMessageContaining("no attempt follows");

    GearmanWorker closed = stage.worker(port);
    Future<Void> registered = closed.register("f", job -> "f");
    closed.close();
    Await.failure(registered, GearmanClosedException.class);
    Await.failure(closed.register("g", job -> "g"), GearmanClosedException.class);
  }

  @Test
  void a_function_moves_from_a_handler_to_manual_and_back() throws InterruptedException {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("f", job -> "handler"));
    assertThat(caller.submit("f", "").next()).isEqualTo("complete handler");
    Await.value(worker.registerManual("f"));
    Call call = caller.submit("f", "");
    worker.takeJob().complete("manual");
    assertThat(call.next()).isEqualTo("complete manual");
    Await.value(worker.register("f", job -> "handler again"));

    assertThat(caller.submit("f", "").next()).isEqualTo("complete handler again");
  }

  /** The functions of each connection that serves one. */
  private List<String> serving() {
    return WorkerStage.admin(port, "workers").stream()
        .map(line -> line.substring(line.indexOf(" :") + 2).trim())
        .filter(functions -> !functions.isEmpty())
        .toList();
  }
}
