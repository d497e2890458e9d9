/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.AsyncJobHandler;
import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.JobFailureForm;
import io.taskwire.gearman.JobHandler;
import io.taskwire.spi.TimeLimit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function as it is registered: what serves it, and the jobs it has. A replacement is another object. */
final class Function {

  /** What serves a function. */
  sealed interface Service {}

  /** A blocking handler. */
  record Blocking(JobHandler handler) implements Service {}

  /** An asynchronous handler. */
  record Async(AsyncJobHandler handler) implements Service {}

  /** Whoever asks for the next job. */
  record Manual() implements Service {}

  private static final int CONCURRENCY_WITHOUT_THREADS = 64;

  private final String name;
  private final String wireName;
  private final FunctionOptions options;
  private final Service service;
  private final JobFailureForm failuresAs;
  private final @Nullable TimeLimit<Job> timeLimit;
  private final Promise<Void> known = Promise.promise();
  private final List<Promise<Void>> awaitingIdle = new ArrayList<>();
  private int jobs;

  Function(Worker worker, String name, FunctionOptions options, Service service) {
    this.name = name;
    this.wireName = worker.options().namespace() + name;
    this.options = options;
    this.service = service;
    JobFailureForm form = options.failuresAs();
    this.failuresAs = form == null ? worker.workerOptions().failuresAs() : form;
    Duration limit = options.timeLimit();
    this.timeLimit = limit == null
        ? null
        : new TimeLimit<>(worker.loop().vertx(), limit, job -> job.expired(limit));
  }

  String name() {
    return name;
  }

  String wireName() {
    return wireName;
  }

  FunctionOptions options() {
    return options;
  }

  Service service() {
    return service;
  }

  boolean isManual() {
    return service instanceof Manual;
  }

  JobFailureForm failuresAs() {
    return failuresAs;
  }

  @Nullable
  TimeLimit<Job> timeLimit() {
    return timeLimit;
  }

  int concurrency() {
    if (options.concurrency() > 0) {
      return options.concurrency();
    }
    return service instanceof Blocking
        ? Runtime.getRuntime().availableProcessors()
        : CONCURRENCY_WITHOUT_THREADS;
  }

  /** How many threads it may need. */
  int threads() {
    return service instanceof Blocking ? concurrency() : 0;
  }

  /** Whether a server has it, or why none will. */
  Promise<Void> known() {
    return known;
  }

  void began() {
    jobs++;
  }

  void ended() {
    jobs--;
    if (jobs == 0) {
      List<Promise<Void>> all = new ArrayList<>(awaitingIdle);
      awaitingIdle.clear();
      all.forEach(Promise::tryComplete);
    }
  }

  /** Ends its timer. */
  void stop() {
    if (timeLimit != null) {
      timeLimit.close();
    }
  }

  /** Completes when it has no job. */
  Future<Void> whenIdle() {
    if (jobs == 0) {
      return Future.succeededFuture();
    }
    Promise<Void> idle = Promise.promise();
    awaitingIdle.add(idle);
    return idle.future();
  }
}
