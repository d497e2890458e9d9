/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.JobReport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One wait for several jobs. */
final class JobWait implements JobWatcher {

  private final List<ClientJob> jobs;
  private final Predicate<ClientJob> there;
  private final Set<ClientJob> open;
  private final Promise<JobReport> report = Promise.promise();

  private JobWait(List<ClientJob> jobs, Predicate<ClientJob> there) {
    this.jobs = jobs;
    this.there = there;
    this.open = new LinkedHashSet<>(jobs);
  }

  /** Waits on the loop until all are there or the limit has passed. */
  static Future<JobReport> begin(
      Vertx vertx, List<ClientJob> jobs, Predicate<ClientJob> there, Duration limit) {
    JobWait wait = new JobWait(jobs, there);
    wait.open.removeIf(there);
    jobs.forEach(ClientJob::awaited);
    wait.open.forEach(job -> job.watch(wait));
    if (wait.open.isEmpty() || limit.toMillis() <= 0) {
      wait.finish();
      return wait.report.future();
    }
    long timer = vertx.setTimer(limit.toMillis(), id -> wait.finish());
    return wait.report.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  @Override
  public void changed(ClientJob job) {
    if (there.test(job) && open.remove(job)) {
      job.unwatch(this);
      if (open.isEmpty()) {
        finish();
      }
    }
  }

  private void finish() {
    for (ClientJob job : open) {
      job.unwatch(this);
      job.awaitedInVain();
    }
    List<ClientJob> done = new ArrayList<>(jobs);
    done.removeIf(open::contains);
    List<ClientJob> still = new ArrayList<>(jobs);
    still.retainAll(open);
    report.tryComplete(new JobReport(List.copyOf(done), List.copyOf(still)));
  }
}
