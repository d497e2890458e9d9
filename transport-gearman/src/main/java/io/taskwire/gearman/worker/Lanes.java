/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.GearmanClosedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of a worker, and which function is on which. The first lane is always there, functions or none: it shows which
 * servers are connected. Functions whose jobs are asked for one by one share a lane, so that one job is asked for, and not
 * one of each.
 */
final class Lanes {

  private final Worker worker;
  private final List<Lane> lanes = new ArrayList<>();

  /** By name, as registered. */
  private final Map<String, Function> functions = new HashMap<>();

  private final Map<String, Lane> places = new HashMap<>();

  /** Functions that are being removed: until that is done they cannot be registered again. */
  private final Map<String, Future<Void>> leaving = new HashMap<>();

  private @Nullable Lane manualLane;
  private boolean paused;
  private boolean closed;
  private final Set<Promise<Void>> drains = new HashSet<>();

  Lanes(Worker worker, Servers servers) {
    this.worker = worker;
    lanes.add(new Lane(worker, servers, false));
  }

  void start() {
    lanes.forEach(Lane::start);
  }

  @Nullable
  Lane manualLane() {
    return manualLane;
  }

  /** Completes when a server knows. */
  Future<Void> register(Function function) {
    Future<Void> going = leaving.get(function.name());
    if (going != null) {
      return going.compose(gone -> register(function));
    }
    if (closed) {
      return Future.failedFuture(closed(function));
    }
    Function old = functions.get(function.name());
    if (old == null) {
      place(function);
    } else if (old.isManual() == function.isManual()
        && Objects.equals(old.options().serverTimeout(), function.options().serverTimeout())) {
      replace(old, function);
    } else {
      return unregister(function.name()).compose(gone -> register(function));
    }
    return known(function);
  }

  private Future<Void> known(Function function) {
    Duration limit = worker.options().requestTimeout();
    // It waits only as long as the caller, and without it nobody is told.
    Promise<Void> answer = Promise.promise();
    long timer = worker
        .loop()
        .vertx()
        .setTimer(
            Math.max(1, limit.toMillis()),
            id -> answer.tryFail(worker.connections().none(limit)));
    function.known().future().onComplete(known -> {
      worker.loop().vertx().cancelTimer(timer);
      if (known.succeeded()) {
        answer.tryComplete();
      } else {
        answer.tryFail(known.cause());
      }
    });
    return answer.future();
  }

  private GearmanClosedException closed(Function function) {
    return new GearmanClosedException(
        "the worker was closed before a server knew \"" + function.name() + "\"", null);
  }

  private void place(Function function) {
    Lane lane = laneFor(function);
    remember(function, lane);
    worker.threads().resize(function.threads());
    lane.add(function);
  }

  private void replace(Function old, Function by) {
    Lane lane = places.get(old.name());
    if (lane != null) {
      remember(by, lane);
      worker.threads().resize(by.threads() - old.threads());
      lane.replace(old, by);
    }
  }

  private void remember(Function function, Lane lane) {
    functions.put(function.name(), function);
    places.put(function.name(), lane);
  }

  private Lane laneFor(Function function) {
    if (function.isManual()) {
      if (manualLane == null) {
        manualLane = emptyLane();
      }
      return manualLane;
    }
    List<Lane> usable = lanes.stream().filter(lane -> lane != manualLane).toList();
    for (Lane lane : usable) {
      if (lane.functions().isEmpty()) {
        return lane;
      }
    }
    return usable.size() < worker.workerOptions().maxConnections()
        ? newLane()
        : usable.stream()
            .min(Comparator.comparingInt(lane -> lane.functions().size()))
            .orElseThrow();
  }

  private Lane emptyLane() {
    for (Lane lane : lanes) {
      if (lane.functions().isEmpty()) {
        return lane;
      }
    }
    return newLane();
  }

  private Lane newLane() {
    Lane lane = new Lane(worker, null, paused);
    lanes.add(lane);
    return lane;
  }

  /** Completes when the servers know, and none of its jobs is at work; does not fail. */
  Future<Void> unregister(String name) {
    Future<Void> going = leaving.get(name);
    if (going != null) {
      return going;
    }
    Function function = functions.remove(name);
    Lane lane = places.remove(name);
    if (function == null || lane == null) {
      return Future.succeededFuture();
    }
    function
        .known()
        .tryFail(new GearmanClosedException(
            "\"" + name + "\" was removed before a server knew it", null));
    Promise<Void> gone = Promise.promise();
    leaving.put(name, gone.future());
    lane.remove(function)
        .transform(ignored -> {
          worker.threads().resize(-function.threads());
          return freeIfEmpty(lane);
        })
        .onComplete(freed -> {
          leaving.remove(name);
          gone.complete();
        });
    return gone.future();
  }

  private Future<Void> freeIfEmpty(Lane lane) {
    if (closed || !lane.functions().isEmpty()) {
      return Future.succeededFuture();
    }
    if (lane == manualLane) {
      manualLane = null;
    }
    // The first one stays: it shows which servers are connected.
    if (lane == lanes.get(0)) {
      return Future.succeededFuture();
    }
    lanes.remove(lane);
    return lane.close();
  }

  void pause() {
    if (!paused) {
      paused = true;
      lanes.forEach(Lane::pause);
    }
  }

  void resume() {
    if (paused && !closed) {
      paused = false;
      lanes.forEach(Lane::resume);
    }
  }

  /** Completes when no job is at work, and the servers know; fails if the worker is closed before. */
  Future<Void> drain() {
    if (closed) {
      return Future.failedFuture(new GearmanClosedException("the worker is closed", null));
    }
    pause();
    Promise<Void> drained = Promise.promise();
    drains.add(drained);
    idle().onComplete(idle -> {
      drains.remove(drained);
      drained.tryComplete();
    });
    return drained.future();
  }

  private Future<Void> idle() {
    List<Future<Void>> answered = new ArrayList<>();
    lanes.forEach(lane -> answered.add(lane.answered()));
    return Future.join(answered)
        .compose(ignored -> {
          List<Future<Void>> idle = new ArrayList<>();
          lanes.forEach(lane -> idle.add(lane.whenIdle()));
          return Future.join(idle);
        })
        .compose(ignored -> {
          List<Future<Void>> taken = new ArrayList<>();
          lanes.forEach(lane -> taken.add(lane.answered()));
          return Future.join(taken);
        })
        .mapEmpty();
  }

  /** Waits for the jobs at work, up to the limit, and closes all connections; does not fail. */
  Future<Void> close() {
    closed = true;
    drains.forEach(drain -> drain.tryFail(
        new GearmanClosedException("the worker was closed before it was idle", null)));
    functions.values().forEach(function -> function.known().tryFail(closed(function)));
    long limit = Math.max(1, worker.workerOptions().drainTimeout().toMillis());
    long timer = worker.loop().vertx().setTimer(limit, id -> lanes.forEach(Lane::abort));
    List<Future<Void>> all = new ArrayList<>();
    lanes.forEach(lane -> all.add(lane.close()));
    return Future.join(all).transform(ignored -> {
      worker.loop().vertx().cancelTimer(timer);
      functions.values().forEach(Function::stop);
      return Future.succeededFuture();
    });
  }
}
