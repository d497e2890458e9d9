/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.NoServerException;
import io.taskwire.gearman.connection.JobSlots;
import io.taskwire.spi.BrokerUri.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Functions that share their connections, one to each server, and their slots: as a rule one function, because a grab cannot
 * name a function.
 */
final class Lane {

  /** A server answers a grab at once. */
  private static final long LATE_MILLIS = 1_000;

  private final Worker worker;
  private final JobSlots slots = new JobSlots(1);
  private final List<LaneLink> links = new ArrayList<>();

  /** By the name on the wire. */
  private final Map<String, Function> functions = new LinkedHashMap<>();

  /** All that are open, also those that are being opened, or closed. */
  private final Set<LaneConnection> open = new LinkedHashSet<>();

  private boolean started;
  private long watch = -1;

  /** How many reasons there are to ask for no jobs. */
  private int pauses;

  Lane(Worker worker, @Nullable Servers servers, boolean paused) {
    this.worker = worker;
    this.pauses = paused ? 1 : 0;
    slots.want(0);
    List<HostPort> hosts = worker.options().hosts();
    for (int server = 0; server < hosts.size(); server++) {
      links.add(new LaneLink(this, hosts.get(server), server, servers));
    }
  }

  /** A server that is stopped in its tracks takes long to be found out, and others have jobs meanwhile. */
  private void freeLateSlots() {
    connections().forEach(connection -> connection.loop().freeLateSlots());
    slots.offer();
  }

  void start() {
    if (!started && links.size() > 1) {
      watch = worker.loop().vertx().setPeriodic(LATE_MILLIS, id -> freeLateSlots());
    }
    started = true;
    links.forEach(LaneLink::start);
  }

  Worker worker() {
    return worker;
  }

  JobSlots slots() {
    return slots;
  }

  Collection<Function> functions() {
    return functions.values();
  }

  @Nullable
  Function function(String wireName) {
    return functions.get(wireName);
  }

  boolean isPaused() {
    return pauses > 0;
  }

  void opening(LaneConnection connection) {
    open.add(connection);
  }

  void gone(LaneConnection connection) {
    open.remove(connection);
  }

  private List<LaneConnection> connections() {
    List<LaneConnection> up = new ArrayList<>(links.size());
    for (LaneLink link : links) {
      LaneConnection connection = link.connection();
      if (connection != null) {
        up.add(connection);
      }
    }
    return up;
  }

  /** Serves a function from now on. */
  void add(Function function) {
    functions.put(function.wireName(), function);
    start();
    for (LaneConnection connection : connections()) {
      connection.announce().onSuccess(known -> function.known().tryComplete());
    }
    fitSlots();
    connections().forEach(connection -> connection.loop().look());
  }

  /** Serves the function in another way from now on; its jobs at work end as they began. */
  void replace(Function old, Function by) {
    functions.put(by.wireName(), by);
    connections().forEach(connection -> connection.replaced(old, by));
    old.known().future().onSuccess(known -> by.known().tryComplete());
    if (!connections().isEmpty()) {
      by.known().tryComplete();
    }
    fitSlots();
  }

  /** Serves a function no more. Completes when the servers know, and none of its jobs is at work; does not fail. */
  Future<Void> remove(Function function) {
    // Telling a server while it holds a job of ours would make it give the job to others. So: no
    // more grabs, then their answers, which a barrier stands behind, then the jobs.
    pause();
    return answered()
        .transform(ignored -> idle(function, worker.workerOptions().drainTimeout()))
        .transform(ignored -> {
          functions.remove(function.wireName(), function);
          connections().forEach(connection -> connection.withdraw(function));
          fitSlots();
          resume();
          return answered();
        });
  }

  /** Completes when the servers have answered all that was sent so far; does not fail. */
  Future<Void> answered() {
    List<Future<Void>> all = new ArrayList<>();
    connections().forEach(connection -> all.add(connection.loop().barrier()));
    return Future.join(all).transform(ignored -> Future.succeededFuture());
  }

  private Future<Void> idle(Function function, Duration limit) {
    Promise<Void> idle = Promise.promise();
    long timer = worker.loop().vertx().setTimer(Math.max(1, limit.toMillis()), id -> {
      connections().forEach(connection -> connection.abort(function));
      idle.tryComplete();
    });
    function.whenIdle().onComplete(done -> {
      worker.loop().vertx().cancelTimer(timer);
      idle.tryComplete();
    });
    return idle.future();
  }

  private void fitSlots() {
    if (functions.isEmpty()) {
      slots.want(0);
      return;
    }
    slots.resize(
        functions.values().stream().mapToInt(Function::concurrency).min().orElse(1));
    boolean manual = functions.values().stream().anyMatch(Function::isManual);
    slots.want(manual ? worker.manual().waiting() : Integer.MAX_VALUE);
  }

  void pause() {
    if (pauses++ == 0) {
      connections().forEach(connection -> connection.loop().pause());
    }
  }

  void resume() {
    if (--pauses == 0) {
      connections().forEach(connection -> connection.loop().resume());
    }
  }

  void up(LaneConnection connection) {
    List<Function> all = List.copyOf(functions.values());
    connection
        .announce()
        .onSuccess(known -> all.forEach(function -> function.known().tryComplete()));
    if (isPaused()) {
      connection.loop().pause();
    } else {
      connection.loop().resume();
    }
  }

  void gaveUp(Throwable cause) {
    if (links.stream().allMatch(LaneLink::isGivenUp)) {
      functions
          .values()
          .forEach(function -> function
              .known()
              .tryFail(new NoServerException(
                  "no server can be connected, and no attempt follows: " + cause.getMessage(),
                  cause)));
    }
  }

  /** A job has come. */
  void take(Job job) {
    Function.Service service = job.registration().service();
    if (service instanceof Function.Blocking blocking) {
      job.runBlocking(blocking);
    } else if (service instanceof Function.Async async) {
      job.runAsync(async);
    } else {
      worker.manual().arrived(job);
    }
  }

  /** Completes when no job is at work. */
  Future<Void> whenIdle() {
    List<Future<Void>> all = new ArrayList<>();
    connections().forEach(connection -> all.add(connection.whenIdle()));
    // A job that came late begins when another ends.
    return Future.join(all)
        .compose(idle -> slots.isAnyWaiting() ? whenIdle() : Future.succeededFuture());
  }

  void abort() {
    List.copyOf(open).forEach(LaneConnection::abort);
  }

  /** Waits for the jobs at work and closes the connections; does not fail. */
  Future<Void> close() {
    pauses++;
    worker.loop().vertx().cancelTimer(watch);
    List<Future<Void>> all = new ArrayList<>();
    links.forEach(link -> all.add(link.close()));
    return Future.join(all).transform(ignored -> Future.succeededFuture());
  }
}
