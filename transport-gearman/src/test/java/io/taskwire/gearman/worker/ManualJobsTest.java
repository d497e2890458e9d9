/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.JobOutcome;
import io.taskwire.gearman.WaitStoppedException;
import io.taskwire.gearman.WorkerJob;
import io.taskwire.gearman.worker.JobCaller.Call;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManualJobsTest {

  private final WorkerStage stage = new WorkerStage();
  private int port;
  private JobCaller caller;
  private GearmanWorker worker;

  @BeforeEach
  void start() {
    port = stage.broker().port();
    caller = stage.caller(port);
    worker = stage.worker(port);
    Await.value(worker.registerManual("f"));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_job_is_taken_and_completed_exactly_once() {
    Future<WorkerJob> next = worker.nextJob();
    Call call = caller.submit("f", "payload");
    WorkerJob job = Await.value(next);
    assertThat(job.text()).isEqualTo("payload");
    assertThat(job.function()).isEqualTo("f");
    assertThat(job.handle()).isEqualTo(call.handle());
    assertThat(job.server()).isEqualTo("127.0.0.1:" + port);
    Await.value(job.progress(1, 2));

    assertThat(Await.value(job.complete("result"))).isEqualTo(JobOutcome.SENT);
    assertThatThrownBy(() -> job.complete("again")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(job::fail).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> job.exception("e")).isInstanceOf(IllegalStateException.class);
    assertThat(Await.failure(job.progress(2, 2))).isInstanceOf(IllegalStateException.class);
    assertThat(call.next()).isEqualTo("status 1/2");
    assertThat(call.next()).isEqualTo("complete result");
  }

  @Test
  void a_job_is_ended_by_fail_and_by_exception_too() throws InterruptedException {
    Call failing = caller.submit("f", "");
    worker.takeJob().fail();
    assertThat(failing.next()).isEqualTo("fail");
    Call throwing = caller.submit("f", "");
    worker.takeJob().exception("t: reason");
    assertThat(throwing.next()).isEqualTo("exception t: reason");
    Call caught = caller.submit("f", "");
    worker.takeJob().exception(new ArithmeticException("/ by zero"));
    assertThat(caught.next()).isEqualTo("exception java.lang.ArithmeticException: / by zero");
  }

  @Test
  void no_job_is_asked_for_while_nobody_waits_for_one() throws InterruptedException {
    Call first = caller.submit("f", "1");
    Call second = caller.submit("f", "2");
    WorkerJob job = worker.takeJob();

    assertThat(WorkerStage.status(port, "f")).isEqualTo("2 1 1");
    job.complete(null);
    assertThat(first.next()).isEqualTo("complete ");
    assertThat(WorkerStage.status(port, "f")).isEqualTo("1 0 1");
    worker.takeJob().complete(null);
    assertThat(second.next()).isEqualTo("complete ");
  }

  @Test
  void jobs_of_several_functions_come_one_after_the_other_to_those_who_wait() {
    Await.value(worker.registerManual("g"));
    Future<WorkerJob> one = worker.nextJob();
    Future<WorkerJob> other = worker.nextJob();
    Call f = caller.submit("f", "");
    WorkerJob first = Await.value(one);
    Call g = caller.submit("g", "");
    WorkerJob second = Await.value(other);

    assertThat(first.function()).isEqualTo("f");
    assertThat(second.function()).isEqualTo("g");
    second.complete("2");
    first.complete("1");
    assertThat(f.next()).isEqualTo("complete 1");
    assertThat(g.next()).isEqualTo("complete 2");
  }

  @Test
  void jobs_that_were_taken_and_not_ended_are_bounded_by_the_concurrency() {
    Await.value(worker.registerManual("f", FunctionOptions.create().concurrency(1)));
    caller.background("f", "1");
    caller.background("f", "2");
    WorkerJob first = Await.value(worker.nextJob());
    Future<WorkerJob> next = worker.nextJob();
    assertThat(WorkerStage.status(port, "f")).isEqualTo("2 1 1");
    assertThat(next.isComplete()).isFalse();
    first.complete(null);

    assertThat(Await.value(next).text()).isEqualTo("2");
    Await.value(next).complete(null);
  }

  @Test
  void a_wait_is_limited_and_no_job_is_lost_by_that() throws InterruptedException {
    assertThat(worker.takeJob(Duration.ofMillis(50))).isNull();
    Await.failure(worker.nextJob(Duration.ofMillis(50)), GearmanTimeoutException.class);
    Call call = caller.submit("f", "");
    WorkerJob job = Objects.requireNonNull(worker.takeJob(Duration.ofSeconds(10)));
    job.complete("taken");

    assertThat(call.next()).isEqualTo("complete taken");
  }

  @Test
  void a_thread_that_is_interrupted_while_it_takes_a_job_leaves_nothing_behind() {
    LinkedBlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    Thread taker = new Thread(() -> {
      try {
        worker.takeJob();
      } catch (InterruptedException e) {
        thrown.add(e);
      }
    });
    taker.start();
    Await.until("it waits", () -> taker.getState() == Thread.State.WAITING);
    taker.interrupt();
    WorkerStage.take(thrown);
    caller.background("f", "for the next");

    assertThat(Await.value(worker.nextJob()).text()).isEqualTo("for the next");
    assertThat(WorkerStage.status(port, "f")).isEqualTo("1 1 1");
  }

  @Test
  void a_thread_that_is_interrupted_in_await_withdraws_its_wait() {
    Future<WorkerJob> waiting = worker.nextJob();
    LinkedBlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    Thread taker = new Thread(() -> {
      try {
        waiting.await();
      } catch (Throwable e) {
        thrown.add(e);
        worker.withdraw(waiting);
      }
    });
    taker.start();
    Await.until("it waits", () -> taker.getState() == Thread.State.WAITING);
    taker.interrupt();
    assertThat(WorkerStage.take(thrown)).isInstanceOf(InterruptedException.class);

    Await.failure(waiting, WaitStoppedException.class);
    caller.background("f", "for the next");
    assertThat(Await.value(worker.nextJob()).text()).isEqualTo("for the next");
  }

  @Test
  void a_job_whose_wait_is_withdrawn_too_late_goes_to_the_next_who_waits() {
    Future<WorkerJob> unwanted = worker.nextJob();
    Call call = caller.submit("f", "");
    Await.value(unwanted);
    worker.withdraw(unwanted);
    WorkerJob job = Await.value(worker.nextJob());
    job.complete("all the same");

    assertThat(call.next()).isEqualTo("complete all the same");
  }

  @Test
  void a_job_that_nobody_wants_any_more_goes_back_to_the_server() {
    Future<WorkerJob> unwanted = worker.nextJob();
    Call call = caller.submit("f", "");
    Await.value(unwanted);
    worker.withdraw(unwanted);
    GearmanWorker other = stage.worker(port);
    Await.value(other.register("f", job -> "the other"));

    assertThat(call.next()).isEqualTo("complete the other");
    assertThat(Await.value(unwanted).isLost()).isTrue();
  }

  @Test
  void all_waits_can_be_stopped_and_others_begun() throws InterruptedException {
    Future<WorkerJob> waiting = worker.nextJob();
    LinkedBlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    Thread taker = new Thread(() -> {
      try {
        worker.takeJob();
      } catch (InterruptedException | RuntimeException e) {
        thrown.add(e);
      }
    });
    taker.start();
    Await.until("it waits", () -> taker.getState() == Thread.State.WAITING);
    worker.stopWaiting();

    Await.failure(waiting, WaitStoppedException.class);
    assertThat(WorkerStage.take(thrown)).isInstanceOf(WaitStoppedException.class);
    Call call = caller.submit("f", "");
    worker.takeJob().complete("go on");
    assertThat(call.next()).isEqualTo("complete go on");
  }

  @Test
  void closing_ends_the_waits() {
    Future<WorkerJob> waiting = worker.nextJob();
    worker.close();

    Await.failure(waiting, GearmanClosedException.class);
    Await.failure(worker.nextJob(), GearmanClosedException.class);
    assertThatThrownBy(worker::takeJob).isInstanceOf(GearmanClosedException.class);
  }

  @Test
  void a_time_limit_ends_a_job_that_was_taken() throws InterruptedException {
    Await.value(
        worker.registerManual("f", FunctionOptions.create().timeLimit(Duration.ofMillis(50))));
    Call call = caller.submit("f", "");
    WorkerJob job = worker.takeJob();
    Await.value(job.cancelled());

    assertThat(call.next()).startsWith("exception TIMEOUT");
    assertThat(Await.value(job.complete("too late"))).isEqualTo(JobOutcome.TIMED_OUT);
  }

  @Test
  void taking_a_job_on_an_event_loop_is_refused_with_a_hint() {
    Vertx vertx = Vertx.vertx();
    stage.add(() -> Await.done(vertx.close()));
    Future<Void> called = Future.future(promise -> vertx.runOnContext(on -> {
      try {
        worker.takeJob();
        promise.complete();
      } catch (InterruptedException | RuntimeException e) {
        promise.fail(e);
      }
    }));

    assertThat(Await.failure(called)).hasMessageContaining("use nextJob()");
  }
}
