/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanConnectionException;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.JobOutcome;
import io.taskwire.gearman.WorkerJob;
import io.taskwire.gearman.WorkerOptions;
import io.taskwire.gearman.worker.JobCaller.Call;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.broker.GearmandBroker;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that die, networks that break, and what closing and draining must see to. */
class WorkerFaultsTest {

  private final WorkerStage stage = new WorkerStage();
  private GearmandBroker broker;
  private int port;

  @BeforeEach
  void start() {
    broker = stage.broker();
    port = broker.port();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_job_whose_server_was_killed_is_lost_and_its_end_is_not_sent_to_the_next() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.registerManual("f"));
    stage.caller(port).background("f", "old");
    WorkerJob old = Await.value(worker.nextJob());
    broker.kill();
    Await.value(old.cancelled());
    assertThat(old.isLost()).isTrue();
    broker.start();
    Call call = stage.caller(port).submit("f", "new");
    WorkerJob job = Await.value(worker.nextJob());

    // Handles begin at one again after a restart.
    assertThat(job.handle()).isEqualTo(old.handle());
    assertThat(Await.value(old.complete("of the old"))).isEqualTo(JobOutcome.LOST);
    Await.failure(old.progress(1, 2), GearmanConnectionException.class);
    assertThat(Await.value(job.complete("of the new"))).isEqualTo(JobOutcome.SENT);
    assertThat(call.next()).isEqualTo("complete of the new");
  }

  @Test
  void a_handler_learns_that_its_job_is_lost_and_the_job_runs_again() {
    TcpProxy proxy = stage.add(TcpProxy.to(port));
    GearmanWorker worker = stage.worker(proxy.port());
    LinkedBlockingQueue<WorkerJob> begun = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<JobOutcome> outcomes = new LinkedBlockingQueue<>();
    CountDownLatch cut = new CountDownLatch(1);
    Await.value(worker.register("f", FunctionOptions.create().concurrency(2), job -> {
      begun.add(job);
      if (begun.size() == 1) {
        cut.await();
        job.cancelled().await();
        outcomes.add(job.complete("lost").await());
        return null;
      }
      return "second time";
    }));
    Call call = stage.caller(port).submit("f", "");
    Await.until("it runs", () -> begun.size() == 1);
    proxy.cut();
    cut.countDown();

    assertThat(WorkerStage.take(outcomes)).isEqualTo(JobOutcome.LOST);
    assertThat(call.next()).isEqualTo("complete second time");
  }

  @Test
  void after_a_server_comes_back_all_functions_are_served_again() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("f", job -> "f"));
    Await.value(worker.registerAsync("g", job -> Future.succeededFuture("g")));
    broker.kill();
    broker.start();
    JobCaller caller = stage.caller(port);

    assertThat(caller.submit("f", "").next()).isEqualTo("complete f");
    assertThat(caller.submit("g", "").next()).isEqualTo("complete g");
  }

  @Test
  void slots_of_lost_jobs_are_free_again_once_their_handlers_have_ended() {
    TcpProxy proxy = stage.add(TcpProxy.to(port));
    GearmanWorker worker = stage.worker(proxy.port());
    LinkedBlockingQueue<WorkerJob> begun = new LinkedBlockingQueue<>();
    Await.value(worker.register("f", FunctionOptions.create().concurrency(1), job -> {
      begun.add(job);
      job.cancelled().await();
      return null;
    }));
    stage.caller(port).background("f", "");
    for (int i = 0; i < 3; i++) {
      WorkerStage.take(begun);
      proxy.cut();
    }
    WorkerStage.take(begun);
  }

  @Test
  void a_server_that_says_nothing_more_is_given_up_and_connected_again() {
    TcpProxy proxy = stage.add(TcpProxy.to(port));
    GearmanWorker worker = stage.add(GearmanWorker.open(
        WorkerStage.servers(proxy.port()).heartbeat(Duration.ofMillis(50)).build()));
    Await.value(worker.register("f", job -> "f"));
    proxy.stall();
    Await.until("it is given up", () -> !worker.servers().get(0).isConnected());
    proxy.resume();

    assertThat(stage.caller(port).submit("f", "").next()).isEqualTo("complete f");
  }

  @Test
  void closing_finishes_what_runs_and_every_result_arrives() {
    JobCaller caller = stage.caller(port);
    GearmanWorker worker = stage.worker(port);
    CountDownLatch begun = new CountDownLatch(8);
    CountDownLatch release = new CountDownLatch(1);
    Await.value(worker.register("f", FunctionOptions.create().concurrency(8), job -> {
      begun.countDown();
      release.await();
      return job.text();
    }));
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(caller.submit("f", "job " + i));
    }
    Await.until("all run", () -> begun.getCount() == 0);
    Future<Void> closed = worker.shutdown();
    release.countDown();
    Await.value(closed);

    for (int i = 0; i < 8; i++) {
      assertThat(calls.get(i).next()).isEqualTo("complete job " + i);
    }
    assertThat(WorkerStage.status(port, "f")).isEqualTo("0 0 0");
    assertThat(worker.shutdown()).isSameAs(closed);
  }

  @Test
  void closing_gives_back_what_does_not_end_in_time_and_interrupts_its_handler() {
    GearmanWorker worker =
        stage.worker(WorkerOptions.create().drainTimeout(Duration.ofMillis(100)), port);
    LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    Await.value(worker.register("f", job -> {
      told.add("begun");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        told.add("interrupted");
      }
      return null;
    }));
    Call call = stage.caller(port).submit("f", "");
    assertThat(WorkerStage.take(told)).isEqualTo("begun");
    worker.close();
    assertThat(WorkerStage.take(told)).isEqualTo("interrupted");
    GearmanWorker other = stage.worker(port);
    Await.value(other.register("f", job -> "the other"));

    assertThat(call.next()).isEqualTo("complete the other");
  }

  @Test
  void closing_ends_in_time_even_if_the_server_answers_no_more() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("f", job -> "f"));
    broker.freeze();

    Await.value(worker.shutdown());
    broker.thaw();
  }

  @Test
  void closing_while_no_server_is_there_ends_in_time() {
    broker.stop();
    GearmanWorker worker = stage.worker(port);

    Await.value(worker.shutdown());
  }

  @Test
  void a_handler_closes_its_own_worker_without_waiting_for_itself() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("f", job -> {
      worker.close();
      return "closing";
    }));

    assertThat(stage.caller(port).submit("f", "").next()).isEqualTo("complete closing");
    Await.value(worker.shutdown());
  }

  @Test
  void a_thread_that_is_interrupted_while_it_closes_returns_with_the_flag_set() {
    GearmanWorker worker = stage.worker(port);
    LinkedBlockingQueue<Boolean> flag = new LinkedBlockingQueue<>();
    Thread closer = new Thread(() -> {
      Thread.currentThread().interrupt();
      worker.close();
      flag.add(Thread.currentThread().isInterrupted());
    });
    closer.start();

    assertThat(WorkerStage.take(flag)).isTrue();
    Await.value(worker.shutdown());
  }

  @Test
  void draining_waits_for_the_running_jobs_and_takes_no_more_until_it_is_resumed() {
    GearmanWorker worker = stage.worker(port);
    JobCaller caller = stage.caller(port);
    CountDownLatch release = new CountDownLatch(1);
    LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
    Await.value(worker.register("f", FunctionOptions.create().concurrency(1), job -> {
      begun.add(job.text());
      release.await();
      return "done";
    }));
    Call running = caller.submit("f", "running");
    WorkerStage.take(begun);
    Future<Void> drained = worker.drain();
    Call later = caller.submit("f", "later");
    assertThat(drained.isComplete()).isFalse();
    release.countDown();
    Await.value(drained);

    assertThat(running.next()).isEqualTo("complete done");
    assertThat(begun).isEmpty();
    assertThat(WorkerStage.status(port, "f")).isEqualTo("1 0 1");
    worker.resume();
    assertThat(later.next()).isEqualTo("complete done");
  }

  @Test
  void a_vertx_instance_that_was_given_stays_open() {
    Vertx vertx = Vertx.vertx();
    stage.add(() -> Await.done(vertx.close()));
    GearmanWorker worker = stage.add(
        GearmanWorker.open(vertx, WorkerStage.servers(port).build(), WorkerOptions.create()));
    Await.value(worker.register("f", job -> "f"));
    assertThat(stage.caller(port).submit("f", "").next()).isEqualTo("complete f");
    worker.close();

    assertThat(Await.value(vertx.<String>executeBlocking(() -> "open"))).isEqualTo("open");
  }

  @Test
  void many_jobs_of_many_functions_all_end_once_though_connections_are_cut() {
    TcpProxy proxy = stage.add(TcpProxy.to(port));
    GearmanWorker worker = stage.worker(proxy.port());
    for (int i = 0; i < 3; i++) {
      Await.value(worker.registerAsync("f" + i, job -> Future.succeededFuture(job.payload())));
    }
    JobCaller caller = stage.caller(port);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      calls.add(caller.submit("f" + i % 3, "job " + i));
      if (i % 150 == 75) {
        proxy.cut();
      }
    }
    for (int i = 0; i < 600; i++) {
      assertThat(calls.get(i).next()).isEqualTo("complete job " + i);
    }
    assertThat(calls).allMatch(Call::isSilent);
  }
}
