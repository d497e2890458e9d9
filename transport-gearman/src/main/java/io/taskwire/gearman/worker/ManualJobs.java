/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.WaitStoppedException;
import io.taskwire.gearman.WorkerJob;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who waits for the next job, and jobs that nobody waits for any more. */
final class ManualJobs {

  private static final int MOST_WAITING = 65_536;

  /** How long a job is kept for somebody to wait, when the one it was asked for has gone. */
  private static final long UNCLAIMED_MILLIS = 1_000;

  private record Wait(Promise<WorkerJob> promise, long timer) {}

  private final Worker worker;
  private final ArrayDeque<Wait> waits = new ArrayDeque<>();
  private final ArrayDeque<Job> unclaimed = new ArrayDeque<>();
  private boolean closed;

  ManualJobs(Worker worker) {
    this.worker = worker;
  }

  int waiting() {
    return waits.size();
  }

  /**
   * Waits for a job.
   *
   * @param limit null for none
   */
  void next(Promise<WorkerJob> promise, @Nullable Duration limit) {
    if (closed) {
      promise.fail(closedBefore());
      return;
    }
    if (waits.size() >= MOST_WAITING) {
      promise.fail(new GearmanException(
          MOST_WAITING + " wait for a job already: wait for one before asking for the next", null));
      return;
    }
    long timer = limit == null
        ? -1
        : worker
            .loop()
            .vertx()
            .setTimer(
                Math.max(1, limit.toMillis()),
                id -> withdraw(
                    promise.future(),
                    () -> new GearmanTimeoutException(
                        "no job came within " + limit.toMillis() + " ms", null)));
    waits.add(new Wait(promise, timer));
    Job kept = unclaimed.poll();
    if (kept == null) {
      ask();
    } else {
      handOut(kept);
    }
  }

  private void ask() {
    Lane lane = worker.lanes().manualLane();
    if (lane != null) {
      lane.slots().want(waits.size());
    }
  }

  /** A job has come. */
  void arrived(Job job) {
    job.begin();
    handOut(job);
  }

  private void handOut(Job job) {
    Wait wait = waits.poll();
    if (wait == null) {
      unclaimed.add(job);
      worker.loop().vertx().setTimer(UNCLAIMED_MILLIS, id -> {
        if (unclaimed.remove(job)) {
          job.giveBack();
        }
      });
      return;
    }
    ask();
    try {
      worker.hooks().before(job);
    } catch (RuntimeException e) {
      waits.addFirst(wait);
      ask();
      worker.hooks().failed(job, e);
      job.exception(e);
      return;
    }
    worker.loop().vertx().cancelTimer(wait.timer());
    wait.promise().complete(job);
  }

  /** The job is lost. Returns whether nobody had it yet. */
  boolean forget(Job job) {
    return unclaimed.remove(job);
  }

  /** Takes a wait back, or the job that it was given. */
  void withdraw(Future<WorkerJob> waiting, Supplier<GearmanException> reason) {
    for (Wait wait : waits) {
      if (wait.promise().future() == waiting) {
        waits.remove(wait);
        ask();
        worker.loop().vertx().cancelTimer(wait.timer());
        wait.promise().fail(reason.get());
        return;
      }
    }
    if (waiting.succeeded()
        && waiting.result() instanceof Job job
        && job.isOpen()
        && !job.isLost()) {
      worker.hooks().after(job);
      if (closed) {
        job.giveBack();
      } else {
        handOut(job);
      }
    }
  }

  void stopWaiting(Supplier<GearmanException> reason) {
    List<Wait> all = List.copyOf(waits);
    waits.clear();
    ask();
    for (Wait wait : all) {
      worker.loop().vertx().cancelTimer(wait.timer());
      wait.promise().fail(reason.get());
    }
  }

  static GearmanClosedException closedBefore() {
    return new GearmanClosedException("the worker is closed: no job comes any more", null);
  }

  static WaitStoppedException stopped() {
    return new WaitStoppedException("the wait for a job was ended by its own side");
  }

  void close() {
    closed = true;
    stopWaiting(ManualJobs::closedBefore);
    List<Job> all = List.copyOf(unclaimed);
    unclaimed.clear();
    all.forEach(Job::giveBack);
  }
}
