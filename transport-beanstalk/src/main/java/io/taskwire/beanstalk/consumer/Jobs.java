/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.consumer;

import io.taskwire.beanstalk.ConsumerOptions;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.connection.ReservedJob;
import io.taskwire.beanstalk.connection.Seconds;
import io.taskwire.spi.EventLoop;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of one consumer: those that wait for their batch, and how many are under way. On the event loop. */
final class Jobs {

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private static final long NO_TIMER = -1;

  private final EventLoop loop;
  private final ConsumerOptions options;
  private final HandlerRuns runs;
  private final int batchSize;
  private final List<Job> waiting = new ArrayList<>();
  private final List<Promise<Void>> drains = new ArrayList<>();
  private long timer = NO_TIMER;
  private int running;
  private int ending;
  private boolean paused;

  Jobs(EventLoop loop, ConsumerOptions options, HandlerRuns runs) {
    this.loop = loop;
    this.options = options;
    this.runs = runs;
    this.batchSize = runs.isOfBatches() ? options.batchSize() : 1;
  }

  void take(ReservedJob reserved, String server) {
    Job job = new Job(this, loop, reserved, server);
    if (paused) {
      job.giveBack();
      return;
    }
    job.begin();
    waiting.add(job);
    if (waiting.size() >= batchSize) {
      stopTimer();
      run();
    }
    if (!waiting.isEmpty() && waiting.size() < batchSize && timer == NO_TIMER) {
      timer = loop.vertx().setTimer(Math.max(1, options.batchWait().toMillis()), id -> {
        timer = NO_TIMER;
        run();
      });
    }
  }

  private void stopTimer() {
    if (timer != NO_TIMER) {
      loop.vertx().cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  /** A body that is over the limit would come again and again. */
  void refuse(ReservedJob reserved, String server, long length) {
    LOG.error(
        "Job {} of {} has {} bytes, more than maxPayload: it is buried, and not handled",
        reserved.id(),
        server,
        length);
    ending();
    reserved
        .endKnowing(now -> new Command.Bury(reserved.id(), now.priority()))
        .onComplete(done -> ended());
  }

  private void run() {
    while (running < runs.concurrency() && !waiting.isEmpty()) {
      List<Job> batch = nextBatch();
      if (!batch.isEmpty()) {
        running++;
        runs.run(batch, failure -> returned(batch, failure));
      }
    }
  }

  /** May be empty: what was lost while it waited is somebody else's. */
  private List<Job> nextBatch() {
    List<Job> first = waiting.subList(0, Math.min(batchSize, waiting.size()));
    List<Job> held = first.stream().filter(job -> !job.isLeaseLost()).toList();
    List<Job> lost = first.stream().filter(Job::isLeaseLost).toList();
    first.clear();
    lost.forEach(Job::giveBack);
    return held;
  }

  private void returned(List<Job> batch, @Nullable Throwable failure) {
    running--;
    batch.forEach(job -> job.returned(failure));
    if (waiting.size() >= batchSize || (timer == NO_TIMER && !waiting.isEmpty())) {
      run();
    }
    checkDrained();
  }

  /** What becomes of a job whose handler has failed. */
  Future<Settled> failed(Job job, Throwable failure) {
    return job.withStats(now -> {
      if (now.reserves() > options.retries()) {
        LOG.error("{} has failed and is buried", job, failure);
        return new Command.Bury(job.id(), now.priority());
      }
      LOG.warn(
          "{} has failed in attempt {}, next attempt in {}",
          job,
          now.reserves(),
          options.retryDelay(),
          failure);
      return new Command.Release(job.id(), now.priority(), Seconds.of(options.retryDelay()));
    });
  }

  /** A job is being ended; the server has not answered yet. */
  void ending() {
    ending++;
  }

  void ended() {
    ending--;
    checkDrained();
  }

  boolean isPaused() {
    return paused;
  }

  /** New jobs go back; those that wait for others to make a batch begin now. */
  void pause() {
    paused = true;
    run();
  }

  void resume() {
    paused = false;
  }

  /** Completes when no job is under way. */
  Future<Void> drained() {
    Promise<Void> drained = Promise.promise();
    drains.add(drained);
    checkDrained();
    return drained.future();
  }

  private void checkDrained() {
    if (running == 0 && ending == 0 && waiting.isEmpty() && !drains.isEmpty()) {
      List<Promise<Void>> all = List.copyOf(drains);
      drains.clear();
      all.forEach(Promise::tryComplete);
    }
  }

  /** Nothing is waited for any more. */
  void close(Throwable why) {
    drains.forEach(drained -> drained.tryFail(why));
    drains.clear();
    waiting.clear();
    stopTimer();
  }
}
