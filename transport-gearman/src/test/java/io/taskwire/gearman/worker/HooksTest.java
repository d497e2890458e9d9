/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.WorkerHook;
import io.taskwire.gearman.WorkerJob;
import io.taskwire.gearman.WorkerOptions;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HooksTest {

  private final WorkerStage stage = new WorkerStage();
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
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

  private GearmanWorker worker(WorkerHook... hooks) {
    WorkerOptions options = WorkerOptions.create();
    for (WorkerHook hook : hooks) {
      options = options.hook(hook);
    }
    return stage.worker(options, port);
  }

  @Test
  void hooks_stand_around_each_job_the_last_inside() {
    GearmanWorker worker = worker(new Teller("outer"), new Teller("inner"));
    Await.value(worker.register("f", job -> {
      told.add("handler");
      return null;
    }));
    caller.submit("f", "").next();

    assertThat(told)
        .containsExactly("outer before", "inner before", "handler", "inner after", "outer after");
  }

  @Test
  void a_hook_hears_of_a_failure_between_begin_and_end_on_the_handlers_thread() {
    LinkedBlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    GearmanWorker worker = worker(new Teller("hook"), new WorkerHook() {
      @Override
      public void failed(WorkerJob job, Throwable cause) {
        threads.add(Thread.currentThread());
      }
    });
    Await.value(worker.register("f", job -> {
      threads.add(Thread.currentThread());
      throw new IllegalStateException("oh");
    }));
    caller.submit("f", "").next();

    assertThat(told).containsExactly("hook before", "hook failed: oh", "hook after");
    assertThat(WorkerStage.take(threads)).isSameAs(WorkerStage.take(threads));
  }

  @Test
  void hooks_stand_around_asynchronous_jobs_too() {
    GearmanWorker worker = worker(new Teller("hook"));
    Promise<String> result = Promise.promise();
    Await.value(worker.registerAsync("f", job -> result.future()));
    Await.value(
        worker.registerAsync("g", job -> Future.failedFuture(new IllegalStateException("oh"))));
    JobCaller.Call call = caller.submit("f", "");
    Await.until("it runs", () -> told.size() == 1);
    result.complete("r");
    call.next();
    caller.submit("g", "").next();

    assertThat(told)
        .containsExactly(
            "hook before", "hook after", "hook before", "hook failed: oh", "hook after");
  }

  @Test
  void hooks_stand_around_jobs_that_are_taken_one_by_one() throws InterruptedException {
    GearmanWorker worker = worker(new Teller("hook"));
    Await.value(worker.registerManual("f"));
    JobCaller.Call call = caller.submit("f", "");
    WorkerJob job = worker.takeJob();
    assertThat(told).containsExactly("hook before");
    job.fail();
    call.next();

    assertThat(told).containsExactly("hook before", "hook after");
  }

  @Test
  void a_time_limit_is_a_failure() {
    GearmanWorker worker = worker(new Teller("hook"));
    Await.value(
        worker.register("f", FunctionOptions.create().timeLimit(Duration.ofMillis(50)), job -> {
          job.cancelled().await();
          return null;
        }));
    caller.submit("f", "").next();
    Await.until("the end", () -> told.contains("hook after"));

    assertThat(told)
        .containsExactly(
            "hook before", "hook failed: the handler took longer than 0.05 s", "hook after");
  }

  @Test
  void a_hook_that_throws_before_a_job_fails_it_and_only_those_that_began_hear_of_the_end() {
    GearmanWorker worker = worker(
        new Teller("outer"),
        new WorkerHook() {
          @Override
          public void before(WorkerJob job) {
            throw new IllegalStateException("not today");
          }
        },
        new Teller("inner"));
    Await.value(worker.register("f", job -> {
      told.add("handler");
      return null;
    }));

    assertThat(caller.submit("f", "").next())
        .isEqualTo("exception java.lang.IllegalStateException: not today");
    assertThat(told).containsExactly("outer before", "outer failed: not today", "outer after");
  }

  @Test
  void a_hook_that_throws_at_the_end_changes_nothing() {
    GearmanWorker worker = worker(new Teller("outer"), new WorkerHook() {
      @Override
      public void after(WorkerJob job) {
        throw new IllegalStateException("from a hook, as the test wants it");
      }
    });
    Await.value(worker.register("f", job -> "result"));

    assertThat(caller.submit("f", "").next()).isEqualTo("complete result");
    assertThat(told).containsExactly("outer before", "outer after");
  }

  private final class Teller implements WorkerHook {

    private final String name;

    Teller(String name) {
      this.name = name;
    }

    @Override
    public void before(WorkerJob job) {
      told.add(name + " before");
    }

    @Override
    public void failed(WorkerJob job, Throwable cause) {
      told.add(name + " failed: " + cause.getMessage());
    }

    @Override
    public void after(WorkerJob job) {
      told.add(name + " after");
    }
  }
}
