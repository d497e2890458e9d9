/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.CanDoTimeout;
import io.taskwire.gearman.codec.CantDo;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.SetClientId;
import io.taskwire.gearman.connection.AssignedJob;
import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.gearman.connection.GrabLoop;
import io.taskwire.gearman.connection.JobReceiver;
import io.taskwire.spi.BrokerUri.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a lane: what it has told the server, and the jobs that came over it, which live and die with it. */
final class LaneConnection implements JobReceiver {

  private static final Logger LOG = LoggerFactory.getLogger(LaneConnection.class);

  private final Lane lane;
  private final LaneLink link;
  private final GrabLoop loop;
  private final Set<Job> jobs = new LinkedHashSet<>();
  private final List<Promise<Void>> awaitingIdle = new ArrayList<>();
  private final Set<Function> announced = new HashSet<>();

  LaneConnection(Lane lane, LaneLink link) {
    this.lane = lane;
    this.link = link;
    this.loop = new GrabLoop("a worker", lane.worker().grab(), lane.slots(), this);
  }

  Future<LaneConnection> open(GearmanConnector connector, HostPort host) {
    List<Request> abilities = new ArrayList<>();
    String id = lane.worker().options().clientId();
    if (!id.isEmpty()) {
      abilities.add(new SetClientId(id));
    }
    lane.functions().forEach(function -> {
      announced.add(function);
      abilities.add(ability(function));
    });
    if (lane.isPaused()) {
      loop.pause();
    }
    lane.opening(this);
    return loop.open(connector, host, abilities).map(this).onFailure(cause -> lane.gone(this));
  }

  private static Request ability(Function function) {
    Duration timeout = function.options().serverTimeout();
    return timeout == null
        ? new CanDo(function.wireName())
        : new CanDoTimeout(function.wireName(), timeout.plusNanos(999_999_999).toSeconds());
  }

  /** Completes when the server knows all functions of the lane. */
  Future<Void> announce() {
    lane.functions().forEach(function -> {
      if (announced.add(function)) {
        loop.send(ability(function));
      }
    });
    return loop.barrier();
  }

  /** One handler takes the place of another, which makes no difference to the server. */
  void replaced(Function old, Function by) {
    if (announced.remove(old)) {
      announced.add(by);
    }
  }

  void withdraw(Function function) {
    if (announced.remove(function)) {
      loop.send(new CantDo(function.wireName()));
    }
  }

  GrabLoop loop() {
    return loop;
  }

  Lane lane() {
    return lane;
  }

  @Override
  public void assigned(AssignedJob assigned) {
    Function function = lane.function(assigned.function());
    if (function == null) {
      LOG.warn(
          "{} assigns a job of \"{}\", which is not served here: the connection is closed to give it back",
          loop.broker(),
          assigned.function());
      loop.giveBack();
      return;
    }
    Job job = new Job(this, function, assigned);
    jobs.add(job);
    lane.take(job);
  }

  @Override
  public void oversized(AssignedJob assigned, long payloadLength) {
    Function function = lane.function(assigned.function());
    if (function == null) {
      loop.giveBack();
      return;
    }
    Job job = new Job(this, function, assigned);
    jobs.add(job);
    function.began();
    job.tooLarge("the payload", payloadLength);
  }

  /** The job has ended, and nothing of it runs any more. */
  void settled(Job job) {
    removed(job);
    loop.settled();
  }

  /** The job goes back to the server, and the connection with it. */
  void giveBack(Job job) {
    removed(job);
    loop.giveBack();
  }

  private void removed(Job job) {
    jobs.remove(job);
    if (jobs.isEmpty()) {
      List<Promise<Void>> all = new ArrayList<>(awaitingIdle);
      awaitingIdle.clear();
      all.forEach(Promise::tryComplete);
    }
  }

  /** Completes when there is no job. */
  Future<Void> whenIdle() {
    if (jobs.isEmpty()) {
      return Future.succeededFuture();
    }
    Promise<Void> idle = Promise.promise();
    awaitingIdle.add(idle);
    return idle.future();
  }

  /** Waits for the jobs, makes sure that the server knows their ends, and closes. */
  Future<Void> drain() {
    return loop.drain();
  }

  /** Gives up waiting for the jobs. */
  void abort() {
    List.copyOf(jobs).forEach(Job::abort);
    loop.close();
  }

  /** Gives up waiting for the jobs of a function, which the server is about to give to others. */
  void abort(Function function) {
    for (Job job : List.copyOf(jobs)) {
      if (job.registration() == function) {
        job.abort();
        job.lost(new TimeoutException("its function was removed, and drainTimeout has passed"));
      }
    }
  }

  @Override
  public void unaskedError(ErrorResponse error) {
    // JOB_NOT_FOUND: the job was cancelled, or taken back by the server; it has its end elsewhere.
    LOG.debug("{} refuses a packet about a job: {} {}", loop.broker(), error.code(), error.text());
  }

  @Override
  public void closed(Throwable cause, boolean expected) {
    List.copyOf(jobs).forEach(job -> job.lost(cause));
    lane.gone(this);
    link.gone(this, cause);
  }
}
