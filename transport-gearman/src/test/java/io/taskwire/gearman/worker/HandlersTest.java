/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.TaskFailure;
import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.JobFailureForm;
import io.taskwire.gearman.WorkerJob;
import io.taskwire.gearman.WorkerOptions;
import io.taskwire.gearman.worker.JobCaller.Call;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandlersTest {

  private final WorkerStage stage = new WorkerStage();
  private int port;
  private JobCaller caller;

  @BeforeEach
  void start() {
    port = stage.broker().port();
    caller = stage.caller(port);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void what_a_blocking_handler_returns_completes_its_job() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("reverse", job -> new StringBuilder(job.text()).reverse()));

    assertThat(caller.submit("reverse", "hello").next()).isEqualTo("complete olleh");
    assertThat(worker.functions()).containsExactly("reverse");
  }

  @Test
  void text_bytes_buffers_and_nothing_are_results() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("text", job -> "text"));
    Await.value(worker.register("bytes", job -> new byte[] {'b'}));
    Await.value(worker.register("buffer", WorkerJob::payload));
    Await.value(worker.register("nothing", job -> null));

    assertThat(caller.submit("text", "").next()).isEqualTo("complete text");
    assertThat(caller.submit("bytes", "").next()).isEqualTo("complete b");
    assertThat(caller.submit("buffer", "same").next()).isEqualTo("complete same");
    assertThat(caller.submit("nothing", "").next()).isEqualTo("complete ");
  }

  @Test
  void an_asynchronous_handler_works_on_many_jobs_at_once_on_the_event_loop() {
    GearmanWorker worker = stage.worker(port);
    LinkedBlockingQueue<Promise<String>> begun = new LinkedBlockingQueue<>();
    Await.value(worker.registerAsync("f", job -> {
      Promise<String> result = Promise.promise();
      begun.add(result);
      return result.future();
    }));
    Call first = caller.submit("f", "1");
    Call second = caller.submit("f", "2");
    Promise<String> one = WorkerStage.take(begun);
    Promise<String> other = WorkerStage.take(begun);

    other.complete("b");
    one.complete("a");

    assertThat(first.next()).isEqualTo("complete a");
    assertThat(second.next()).isEqualTo("complete b");
  }

  @Test
  void a_handler_sends_progress_and_data_ahead_of_the_result() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("f", job -> {
      job.progress(1, 2).await();
      job.data("part").await();
      job.progress(2, 2).await();
      return "all";
    }));

    Call call = caller.submit("f", "");

    assertThat(call.next()).isEqualTo("status 1/2");
    assertThat(call.next()).isEqualTo("data part");
    assertThat(call.next()).isEqualTo("status 2/2");
    assertThat(call.next()).isEqualTo("complete all");
  }

  @Test
  void what_a_handler_throws_reaches_the_caller_as_an_exception_with_type_and_message() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("f", job -> {
      throw new IllegalArgumentException("no such order: Ä");
    }));
    Await.value(worker.registerAsync(
        "g", job -> Future.failedFuture(new TaskFailure("limit", "too much"))));

    assertThat(caller.submit("f", "").next())
        .isEqualTo("exception java.lang.IllegalArgumentException: no such order: Ä");
    assertThat(caller.submit("g", "").next()).isEqualTo("exception limit: too much");
  }

  @Test
  void an_exception_is_cut_at_8_kib_between_characters() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("f", job -> {
      throw new TaskFailure("t", "ä".repeat(10_000));
    }));

    String heard = caller.submit("f", "").next();

    assertThat(Buffer.buffer(heard).length() - "exception ".length()).isBetween(8_191, 8_192);
    assertThat(heard).endsWith("ä");
  }

  @Test
  void failures_are_reported_without_a_reason_where_the_worker_or_the_function_says_so() {
    GearmanWorker worker =
        stage.worker(WorkerOptions.create().failuresAs(JobFailureForm.FAIL), port);
    Await.value(worker.register("f", job -> {
      throw new IllegalStateException("secret");
    }));
    Await.value(
        worker.register("g", FunctionOptions.create().failuresAs(JobFailureForm.EXCEPTION), job -> {
          throw new TaskFailure("t", "known");
        }));

    assertThat(caller.submit("f", "").next()).isEqualTo("fail");
    assertThat(caller.submit("g", "").next()).isEqualTo("exception t: known");
  }

  @Test
  void a_handler_ends_its_job_itself_if_it_likes_and_only_once() {
    GearmanWorker worker = stage.worker(port);
    LinkedBlockingQueue<Throwable> second = new LinkedBlockingQueue<>();
    Await.value(worker.register("complete", job -> {
      job.complete("done");
      try {
        job.fail();
      } catch (IllegalStateException e) {
        second.add(e);
      }
      return null;
    }));
    Await.value(worker.register("fail", job -> {
      job.fail();
      return null;
    }));
    Await.value(worker.register("exception", job -> {
      job.exception("as I say");
      return null;
    }));

    assertThat(caller.submit("complete", "").next()).isEqualTo("complete done");
    assertThat(WorkerStage.take(second)).hasMessageContaining("has been ended already");
    assertThat(caller.submit("fail", "").next()).isEqualTo("fail");
    assertThat(caller.submit("exception", "").next()).isEqualTo("exception as I say");
  }

  @Test
  void a_job_that_takes_too_long_is_failed_by_the_worker_and_its_handler_interrupted() {
    GearmanWorker worker = stage.worker(port);
    LinkedBlockingQueue<Thread> interrupted = new LinkedBlockingQueue<>();
    Await.value(worker.register(
        "f", FunctionOptions.create().timeLimit(Duration.ofMillis(100)).concurrency(1), job -> {
          if (job.text().equals("quick")) {
            return "in time";
          }
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.add(Thread.currentThread());
          }
          assertThat(job.isCancelled()).isTrue();
          return "too late";
        }));

    assertThat(caller.submit("f", "slow").next())
        .isEqualTo("exception TIMEOUT: the handler took longer than 0.1 s");
    WorkerStage.take(interrupted);
    assertThat(caller.submit("f", "quick").next()).isEqualTo("complete in time");
  }

  @Test
  void an_asynchronous_job_that_takes_too_long_frees_its_slot() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.registerAsync(
        "f",
        FunctionOptions.create().timeLimit(Duration.ofMillis(50)).concurrency(1),
        job -> Promise.<String>promise().future()));

    Call first = caller.submit("f", "");
    Call second = caller.submit("f", "");

    assertThat(first.next()).startsWith("exception TIMEOUT");
    assertThat(second.next()).startsWith("exception TIMEOUT");
  }

  @Test
  void no_more_jobs_of_a_function_run_at_once_than_its_concurrency_allows() {
    GearmanWorker worker = stage.worker(port);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(3);
    Await.value(worker.register("f", FunctionOptions.create().concurrency(3), job -> {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      all.countDown();
      all.await();
      running.decrementAndGet();
      return null;
    }));
    Call[] calls = new Call[30];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = caller.submit("f", "");
    }
    for (Call call : calls) {
      assertThat(call.next()).isEqualTo("complete ");
    }

    assertThat(most.get()).isEqualTo(3);
  }

  @Test
  void a_function_whose_handlers_block_keeps_no_other_waiting() {
    GearmanWorker worker = stage.worker(port);
    CountDownLatch release = new CountDownLatch(1);
    Await.value(worker.register("slow", FunctionOptions.create().concurrency(1), job -> {
      release.await();
      return null;
    }));
    Await.value(worker.register("fast", FunctionOptions.create().concurrency(1), job -> "fast"));
    Call slow = caller.submit("slow", "");

    assertThat(caller.submit("fast", "").next()).isEqualTo("complete fast");
    release.countDown();
    assertThat(slow.next()).isEqualTo("complete ");
  }

  @Test
  void a_result_that_is_too_large_fails_the_job_and_so_does_a_payload() {
    GearmanWorker worker =
        stage.add(GearmanWorker.open(WorkerStage.servers(port).maxPayload(2_000).build()));
    Await.value(worker.register("f", job -> Buffer.buffer(new byte[2_001])));

    assertThat(caller.submit("f", "").next())
        .isEqualTo("exception TOO_LARGE: the result has 2001 bytes, maxPayload is 2000");
    assertThat(caller.submit("f", "x".repeat(2_001)).next())
        .isEqualTo("exception TOO_LARGE: the payload has 2001 bytes, maxPayload is 2000");
  }

  @Test
  void a_future_from_a_blocking_handler_is_an_error_that_says_what_to_do() {
    GearmanWorker worker = stage.worker(port);
    Await.value(worker.register("f", job -> Future.succeededFuture("x")));

    assertThat(caller.submit("f", "").next()).contains("register it with registerAsync");
  }

  @Test
  void a_name_that_cannot_be_sent_is_refused_at_once() {
    GearmanWorker worker = stage.worker(port);

    assertThatThrownBy(() -> worker.register("x".repeat(256), job -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be served");
  }
}
