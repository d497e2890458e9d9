/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.consumer;

import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.ConsumedJob;
import io.taskwire.beanstalk.JobStats;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.connection.ReservedJob;
import io.taskwire.beanstalk.connection.Seconds;
import io.taskwire.spi.EventLoop;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that a handler has, from its reserve until its slot is free. */
final class Job implements ConsumedJob {

  private static final Logger LOG = LoggerFactory.getLogger(Job.class);

  private final Jobs jobs;
  private final EventLoop loop;
  private final ReservedJob reserved;
  private final String server;
  private final Promise<Throwable> leaseLost = Promise.promise();

  /** Whether somebody has ended it: any thread does, the first counts. */
  private final AtomicBoolean ended = new AtomicBoolean();

  // Written by the loop, read by any thread.
  private volatile boolean lost;

  // The rest belongs to the loop.
  private boolean sent;
  private boolean returned;

  Job(Jobs jobs, EventLoop loop, ReservedJob reserved, String server) {
    this.jobs = jobs;
    this.loop = loop;
    this.reserved = reserved;
    this.server = server;
  }

  /** Begins to listen for the loss of the lease. */
  void begin() {
    reserved.onLost(cause -> {
      lost = true;
      LOG.debug("The lease of {} is lost", this, cause);
      leaseLost.tryComplete(cause);
    });
  }

  /** The handler is done with it; on the loop. */
  void returned(@Nullable Throwable failure) {
    returned = true;
    if (ended.compareAndSet(false, true)) {
      Future<Settled> unused =
          endNow(() -> failure == null ? deletion() : jobs.failed(this, failure));
    } else {
      if (failure != null) {
        LOG.warn("The handler of {} failed after it had ended the job", this, failure);
      }
      freeIfDone();
    }
  }

  /** Not begun, or not wanted: back to the server, on the loop. */
  void giveBack() {
    ended.set(true);
    returned = true;
    Future<Settled> unused = endNow(() -> release(0));
  }

  private void freeIfDone() {
    if (sent && returned) {
      reserved.free();
    }
  }

  private Future<Settled> endNow(Supplier<Future<Settled>> how) {
    jobs.ending();
    return how.get().onComplete(done -> jobs.ended());
  }

  private Future<Settled> settle(Command command) {
    sent = true;
    Future<Settled> settled = reserved.settle(command);
    freeIfDone();
    return settled;
  }

  private Future<Settled> deletion() {
    return settle(new Command.Delete(id()));
  }

  /** Releases it with the priority it has; on the loop. */
  Future<Settled> release(long delaySeconds) {
    return withStats(now -> new Command.Release(id(), now.priority(), delaySeconds));
  }

  /** Sends a command that needs the job's numbers; on the loop. */
  Future<Settled> withStats(StatsCommand command) {
    return reserved.stats().transform((now, cause) -> {
      if (now != null) {
        return settle(command.of(now));
      }
      sent = true;
      freeIfDone();
      return Future.succeededFuture(
          reserved.lost() == null ? Settled.CONNECTION_LOST : reserved.lostAs());
    });
  }

  /** A command made of what the server knows of the job. */
  interface StatsCommand {
    Command of(JobStats stats);
  }

  // What runs on any thread.

  private Future<Settled> end(Supplier<Future<Settled>> how) {
    if (!ended.compareAndSet(false, true)) {
      throw new IllegalStateException(this + " has been ended already");
    }
    Promise<Settled> settled = loop.promise();
    loop.run(
        () -> endNow(how).onComplete(settled), () -> settled.complete(Settled.CONNECTION_LOST));
    return settled.future();
  }

  @Override
  public Future<Settled> delete() {
    return end(this::deletion);
  }

  @Override
  public Future<Settled> release(Duration delay) {
    long seconds = new Command.Release(id(), 0, Seconds.of(delay)).delaySeconds();
    return end(() -> release(seconds));
  }

  @Override
  public Future<Settled> release(long priority, Duration delay) {
    Command command = new Command.Release(id(), priority, Seconds.of(delay));
    return end(() -> settle(command));
  }

  @Override
  public Future<Settled> bury() {
    return end(() -> withStats(now -> new Command.Bury(id(), now.priority())));
  }

  @Override
  public Future<Settled> bury(long priority) {
    Command command = new Command.Bury(id(), priority);
    return end(() -> settle(command));
  }

  @Override
  public Future<JobStats> stats() {
    return loop.call(() -> {
      Throwable why = sent ? new IllegalStateException(this + " has been ended") : reserved.lost();
      return why == null
          ? reserved.send(new Command.StatsJob(id())).compose(this::read)
          : Future.failedFuture(why);
    });
  }

  private Future<JobStats> read(Reply reply) {
    return reply instanceof Reply.Ok ok
        ? Future.succeededFuture(JobStats.of(ok.body()))
        : Future.failedFuture(
            new BeanstalkReplyException("stats-job " + id() + " at " + server, reply));
  }

  @Override
  public Future<Boolean> touch() {
    return loop.call(() -> {
      if (lost || sent) {
        return Future.succeededFuture(false);
      }
      return reserved.touch().map(Reply.Touched.class::isInstance).otherwise(false);
    });
  }

  @Override
  public boolean isLeaseLost() {
    return lost;
  }

  @Override
  public Future<Throwable> leaseLost() {
    return leaseLost.future();
  }

  @Override
  public long id() {
    return reserved.id();
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public Buffer body() {
    return reserved.body();
  }

  @Override
  public String text() {
    return reserved.body().toString(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "job " + id() + " of " + server;
  }
}
