/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.Priority;
import io.taskwire.gearman.codec.Noop;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.spi.Schedule;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All jobs and functions, and what becomes of them when clients and workers speak or leave. */
final class JobBoard {

  /** How much the board takes. */
  record Limits(int functions, long jobs, long bytes, int jobRetries, boolean roundRobin) {}

  private final Limits limits;
  private final String handlePrefix;
  private final Schedule deadlines;
  private final Tally tally;
  private final Functions functions;
  private final Map<String, ServerJob> byHandle = new HashMap<>();
  private final Uniques uniques = new Uniques();
  private long handles;
  private long attached;
  private long bytes;
  private long running;
  private boolean draining;
  private @Nullable Runnable onIdle;

  JobBoard(Limits limits, String handlePrefix, Schedule deadlines, Tally tally) {
    this.limits = limits;
    this.handlePrefix = handlePrefix;
    this.deadlines = deadlines;
    this.tally = tally;
    functions = new Functions(limits.functions());
  }

  Functions functions() {
    return functions;
  }

  Collection<ServerJob> jobs() {
    return byHandle.values();
  }

  long running() {
    return running;
  }

  long bytes() {
    return bytes;
  }

  @Nullable
  ServerJob find(String handle) {
    return byHandle.get(handle);
  }

  @Nullable
  ServerJob findUnique(String unique) {
    return uniques.find(unique);
  }

  /** What a client asks for. */
  record Order(
      ServerFunction function,
      String unique,
      Buffer payload,
      Priority priority,
      boolean background,
      @Nullable String reducer,
      long delayMillis) {}

  /**
   * Takes a job, or joins a submit to one that is there.
   *
   * @return its handle; null if there is no room
   */
  @Nullable
  ServerJob submit(Peer client, Order order) {
    ServerJob job = uniques.find(order.function(), order.unique(), order.payload());
    boolean joins = job != null;
    boolean full = byHandle.size() + attached >= limits.jobs();
    if (job == null) {
      if (full
          || bytes + order.payload().length() > limits.bytes()
          || order.function().isFull(order.priority())) {
        functions.changed(order.function());
        return null;
      }
      job = new ServerJob(
          handlePrefix + ++handles,
          order.function(),
          order.unique(),
          order.priority(),
          order.reducer(),
          order.payload());
      byHandle.put(job.handle, job);
      uniques.add(job);
      bytes += job.cost();
      tally.submitted++;
    } else if (full && !order.background()) {
      return null;
    } else {
      tally.joined++;
    }
    if (order.background()) {
      job.background = true;
    } else {
      Attachment.add(client, job);
      attached++;
    }
    if (!joins) {
      put(job, order.delayMillis());
    }
    return job;
  }

  private void put(ServerJob job, long delayMillis) {
    if (delayMillis > 0) {
      job.function.delay(job);
      job.deadline = deadlines.after(Duration.ofMillis(delayMillis), () -> {
        job.deadline = null;
        job.function.leave(job);
        queue(job);
      });
    } else {
      queue(job);
    }
    functions.changed(job.function);
  }

  private void queue(ServerJob job) {
    job.function.queue(job);
    wake(job.function);
  }

  private void wake(ServerFunction function) {
    if (function.sleepers.isEmpty() || draining) {
      return;
    }
    for (Peer sleeper : List.copyOf(function.sleepers)) {
      wake(sleeper);
    }
  }

  private void wake(Peer sleeper) {
    sleeper.wake();
    sleeper.socket.send(new Noop());
    tally.wakeUps++;
  }

  /** A worker serves a function from now on, within a time limit for each job. */
  void register(Peer worker, ServerFunction function, long limitMillis) {
    Ability ability = worker.ability(function.name);
    if (ability == null) {
      ability = new Ability(function);
      worker.abilities.add(ability);
      function.workers++;
      functions.changed(function);
      if (worker.asleep) {
        function.sleepers.add(worker);
      }
    }
    ability.limitMillis = limitMillis;
    if (worker.asleep && function.hasQueued()) {
      wake(worker);
    }
  }

  /** A worker serves a function no more; the jobs of it that it has go to another. */
  void unregister(Peer worker, Ability ability) {
    worker.abilities.remove(ability);
    ServerFunction function = ability.function;
    function.sleepers.remove(worker);
    function.workers--;
    ServerJob job = worker.held.first();
    while (job != null) {
      ServerJob next = job.next;
      if (job.function == function) {
        requeue(job);
      }
      job = next;
    }
    functions.changed(function);
  }

  void unregisterAll(Peer worker) {
    for (Ability ability : List.copyOf(worker.abilities)) {
      unregister(worker, ability);
    }
  }

  /** A worker wants to be woken, at once if there is a job already. */
  void sleep(Peer worker) {
    if (worker.hasWork() && !draining) {
      wake(worker);
    } else {
      worker.sleep();
    }
  }

  /** Gives a worker the next job that it can do; null if there is none. */
  @Nullable
  ServerJob grab(Peer worker) {
    if (worker.asleep) {
      worker.wake();
    }
    if (draining) {
      return null;
    }
    List<Ability> abilities = worker.abilities;
    for (int i = abilities.size() - 1; i >= 0; i--) {
      Ability ability = abilities.get(i);
      ServerJob job = ability.function.first();
      if (job != null) {
        if (limits.roundRobin() && abilities.size() > 1) {
          abilities.remove(i);
          abilities.add(0, ability);
        }
        assign(job, worker, ability.limitMillis);
        return job;
      }
    }
    return null;
  }

  private void assign(ServerJob job, Peer worker, long limitMillis) {
    job.function.leave(job);
    job.function.run(job);
    job.worker = worker;
    worker.held.add(job);
    running++;
    tally.assigned++;
    if (limitMillis > 0) {
      job.deadline = deadlines.after(Duration.ofMillis(limitMillis), () -> {
        tally.timedOut++;
        requeue(job);
      });
    }
  }

  /** Finds a job that a worker has; null if it has none of this handle. */
  @Nullable
  ServerJob held(Peer worker, String handle) {
    ServerJob job = byHandle.get(handle);
    return job != null && job.worker == worker ? job : null;
  }

  /** Hands what a worker says about a job to everybody who waits for it. */
  void tell(ServerJob job, Response packet) {
    Peer worker = job.worker;
    for (Attachment at = job.clients; at != null; at = at.nextOfJob) {
      if (worker == null) {
        at.client.socket.send(packet);
      } else {
        at.client.socket.forward(packet, worker.socket);
      }
    }
  }

  /** As {@link #tell}, with another packet for those who do not want to hear why. */
  void tell(ServerJob job, Response exception, Response failure) {
    for (Attachment at = job.clients; at != null; at = at.nextOfJob) {
      at.client.socket.send(at.client.wantsExceptions ? exception : failure);
    }
  }

  /** A job is over, and everybody was told. */
  void remove(ServerJob job) {
    leave(job);
    byHandle.remove(job.handle);
    uniques.remove(job);
    attached -= job.clientCount;
    Attachment.removeAll(job);
    bytes -= job.cost();
    functions.changed(job.function);
    reportIdle();
  }

  /** Takes a job out of wherever it is. */
  private void leave(ServerJob job) {
    if (job.deadline != null) {
      deadlines.remove(job.deadline);
      job.deadline = null;
    }
    Peer worker = job.worker;
    if (worker != null) {
      worker.held.remove(job);
      job.worker = null;
      running--;
    }
    job.function.leave(job);
  }

  /** The worker of a job is lost, or took too long: another gets the job, after those who wait already. */
  private void requeue(ServerJob job) {
    leave(job);
    job.numerator = 0;
    job.denominator = 0;
    job.lostRuns++;
    if (job.cancelled) {
      remove(job);
    } else if (!job.isWanted()) {
      tally.dropped++;
      remove(job);
    } else if (limits.jobRetries() > 0 && job.lostRuns >= limits.jobRetries()) {
      tally.failed++;
      tell(job, new WorkFail(job.handle));
      remove(job);
    } else {
      tally.requeued++;
      queue(job);
      reportIdle();
    }
  }

  /**
   * Takes a job from the queue, or, where a worker has it, from its clients: these hear that it failed, and what the worker
   * says later goes to nobody.
   */
  void cancel(ServerJob job) {
    if (job.cancelled) {
      return;
    }
    tally.cancelled++;
    tell(job, new WorkFail(job.handle));
    if (job.worker == null) {
      remove(job);
      return;
    }
    job.cancelled = true;
    uniques.remove(job);
    attached -= job.clientCount;
    Attachment.removeAll(job);
  }

  /** Cancels all jobs of a function that no worker has, and forgets the function. */
  void drop(ServerFunction function) {
    List<ServerJob> waiting = new ArrayList<>();
    for (ServerJob job : byHandle.values()) {
      if (job.function == function) {
        waiting.add(job);
      }
    }
    waiting.forEach(this::cancel);
    functions.drop(function);
  }

  /** A connection is gone, with all that it held and waited for. */
  void leave(Peer peer) {
    unregisterAll(peer);
    // A worker keeps its jobs when its function has been taken from it and it registered it anew.
    for (ServerJob job = peer.held.first(); job != null; job = peer.held.first()) {
      requeue(job);
    }
    for (Attachment at = peer.attachments; at != null; at = peer.attachments) {
      ServerJob job = at.job;
      at.remove();
      attached--;
      if (!job.isWanted() && job.worker == null) {
        tally.dropped++;
        remove(job);
      }
    }
  }

  /** Hands out no more jobs, and says when no worker has one any more. */
  void drain(Runnable idle) {
    draining = true;
    onIdle = idle;
    reportIdle();
  }

  boolean isDraining() {
    return draining;
  }

  private void reportIdle() {
    Runnable report = onIdle;
    if (report != null && running == 0) {
      onIdle = null;
      report.run();
    }
  }
}
