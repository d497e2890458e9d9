/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Settled;
import io.taskwire.spi.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the jobs of some tubes of one broker, over a few connections among which one waits for the next job while the others
 * work, and keeps the leases of the jobs it holds.
 *
 * <p>After every event {@link #look} decides what a connection does next: while jobs are there it polls for as many as
 * slots are free; when it holds nothing it waits, unless another does. If nobody can wait because all hold jobs, another
 * connection is made for it; when there are enough of them, one polls every 20 ms.
 */
public final class ReserveLoop {

  private static final int MAX_POLLS = 64;
  private static final int MIN_CONNECTIONS = 4;
  private static final Duration LEASE_LOOK = Duration.ofSeconds(1);

  /** How long a job may wait for a slot before it goes back, to a worker that has one. */
  private static final long MAX_LATE_MILLIS = 1000;

  /** How long a working connection may keep the tube without anybody waiting, before another is made to. */
  private static final long HAND_OVER_MILLIS = 50;

  private static final long POLL_MILLIS = 20;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final ConnectionSource source;
  private final LoopSettings settings;
  private final JobSlots slots;
  private final JobReceiver receiver;
  private final int maxConnections;
  private final List<WorkerConnection> connections = new ArrayList<>();
  private final Runnable keepLeases = this::keepLeases;
  private final Promise<Void> drained = Promise.promise();

  /** Jobs that have a slot. */
  private int begun;

  /** Jobs on their way back to the broker, which were never begun. */
  private int returning;

  private boolean keepingLeases;

  private boolean opening;

  /** How many polls are worth it: doubles with each job that comes, none after an empty answer. */
  private int appetite;

  private long handOver = NO_TIMER;
  private boolean opened;
  private boolean paused;
  private boolean draining;
  private boolean ended;

  /**
   * Creates a loop that is not connected yet; on the event loop that its connections belong to.
   *
   * @param slots bounds the jobs at work
   * @param receiver takes the jobs
   */
  public ReserveLoop(
      Vertx vertx,
      ConnectionSource source,
      LoopSettings settings,
      JobSlots slots,
      JobReceiver receiver) {
    this.vertx = vertx;
    this.source = source;
    this.settings = settings;
    this.slots = slots;
    this.receiver = receiver;
    int heldAtMost = WorkerConnection.MAX_HELD;
    this.maxConnections =
        Math.max(MIN_CONNECTIONS, (slots.total() + heldAtMost - 1) / heldAtMost + 1);
  }

  /** Looks after leases as often as they need it; rings while jobs are held. */
  public static Ticker leaseTicker(Context context) {
    return new Ticker(context, LEASE_LOOK);
  }

  /**
   * Connects, and begins to take jobs.
   *
   * @return completes when the broker has answered that the first connection watches the tubes; fails with a {@link
   *     BrokerConnectException}, and then the loop has ended
   */
  public Future<Void> open() {
    opening = true;
    return connect().transform((first, cause) -> {
      opening = false;
      if (cause != null) {
        Future<Void> unused = stop();
        return Future.failedFuture(BrokerConnectException.of(source.broker(), cause));
      }
      opened = true;
      slots.join(this);
      join(first);
      return Future.succeededFuture();
    });
  }

  private Future<WorkerConnection> connect() {
    return source
        .open()
        .compose(connection -> WorkerConnection.start(connection, settings.tubes(), this))
        .compose(worker -> ended
            ? worker.retire().compose(v -> Future.failedFuture(closedHere()))
            : Future.succeededFuture(worker));
  }

  private BrokerConnectException closedHere() {
    return new BrokerConnectException(
        "the worker of " + source.broker() + " was closed while it connected", true, null);
  }

  private void join(WorkerConnection worker) {
    connections.add(worker);
    worker.connection().closed().onSuccess(cause -> {
      if (!worker.isRetired()) {
        fail(cause);
      }
    });
    look();
    checkDrained();
  }

  int weight() {
    return settings.weight();
  }

  boolean keepsLeases() {
    return settings.keepLeases();
  }

  /** The answer to a reserve of this loop. */
  void reserved(WorkerConnection worker, Reply reply, boolean polled) {
    if (ended) {
      return;
    }
    if (polled) {
      slots.answered();
    }
    if (reply instanceof Reply.Reserved job) {
      appetite = Math.min(MAX_POLLS, Math.max(1, appetite * 2));
      hold(new ReservedJob(this, worker, job.id(), job.body(), job.body().length()), worker);
    } else if (reply instanceof Reply.Oversized job) {
      hold(new ReservedJob(this, worker, job.id(), job.head(), job.length()), worker);
    } else if (reply instanceof Reply.TimedOut || reply instanceof Reply.DeadlineSoon) {
      appetite = 0;
      receiver.tubeEmpty();
    } else {
      fail(new BrokerConnectException(
          source.broker() + " answered a reserve with " + reply, true, null));
      return;
    }
    if (reply instanceof Reply.DeadlineSoon && worker.isIdle()) {
      // To wait again at once would be answered the same at once, until the job's time is over.
      handOverLater();
    } else {
      slots.offer();
    }
    checkDrained();
  }

  private void hold(ReservedJob job, WorkerConnection worker) {
    if (!keepingLeases) {
      keepingLeases = true;
      source.leases().add(keepLeases);
    }
    ReservedJob before = worker.hold(job);
    if (before != null) {
      before.loseToBroker();
    }
    if (stopped()) {
      giveBack(job);
    } else if (slots.take(job)) {
      job.begin();
    } else {
      vertx.setTimer(MAX_LATE_MILLIS, id -> {
        if (slots.forget(job)) {
          giveBack(job);
        }
      });
    }
  }

  /** For a job that was not begun. */
  private void giveBack(ReservedJob job) {
    returning++;
    job.release(0).onComplete(done -> {
      returning--;
      checkDrained();
    });
  }

  void begin(ReservedJob job) {
    begun++;
    if (job.length() > job.body().length()) {
      receiver.oversized(job, job.length());
    } else {
      receiver.reserved(job);
    }
  }

  /** A slot is free again. */
  void freed() {
    if (ended) {
      return;
    }
    begun--;
    slots.freed();
    if (!somebodyAsks()) {
      // Nothing was there last time, but nobody has asked since.
      appetite = Math.max(1, appetite);
    }
    slots.offer();
    checkDrained();
  }

  /** A job is lost; its connection may have nothing else to hold. */
  void letGo(ReservedJob job) {
    if (!ended) {
      slots.forget(job);
      slots.offer();
    }
  }

  /** The broker has answered to the end of a job. */
  void answered() {
    checkDrained();
  }

  private boolean stopped() {
    return paused || draining || ended;
  }

  /** Polls for as many jobs as are worth it, and otherwise sees to it that somebody waits. */
  void look() {
    if (appetite > 0 && !stopped()) {
      for (int i = 0; i < connections.size(); i++) {
        WorkerConnection worker = connections.get(i);
        for (int more = room(worker); more > 0; more--) {
          poll(worker);
        }
      }
    }
    ask();
  }

  /** How many polls more are worth it on this connection, and allowed. */
  private int room(WorkerConnection worker) {
    return appetite == 1 && worker.isIdle() ? 0 : sharedRoom(worker);
  }

  /** The same where slots come in turn: a loop that would rather wait gets no slot as long as others have jobs. */
  private int sharedRoom(WorkerConnection worker) {
    if (worker.isWaiting()) {
      return 0;
    }
    return Math.min(
        Math.min(free(), appetite - worker.polls()),
        WorkerConnection.MAX_HELD - worker.holds() - worker.polls());
  }

  /** One poll, if it is worth it; false if not. */
  boolean pollOne() {
    if (appetite > 0 && !stopped()) {
      for (int i = 0; i < connections.size(); i++) {
        WorkerConnection worker = connections.get(i);
        if (sharedRoom(worker) > 0) {
          poll(worker);
          return true;
        }
      }
    }
    return false;
  }

  private void poll(WorkerConnection worker) {
    slots.polled();
    worker.poll();
  }

  /** What is free for a poll: a connection of this loop that waits is likely to need a slot. */
  private int free() {
    for (int i = 0; i < connections.size(); i++) {
      if (connections.get(i).isWaiting()) {
        return slots.free() - 1;
      }
    }
    return slots.free();
  }

  /** Sees to it that somebody asks for the next job, if there is a slot for it. */
  void ask() {
    if (stopped() || slots.free() <= 0 || somebodyAsks()) {
      return;
    }
    if (!idleOneWaits()) {
      handOverLater();
    }
  }

  private boolean idleOneWaits() {
    for (WorkerConnection worker : connections) {
      if (worker.isIdle()) {
        worker.waitForJob();
        return true;
      }
    }
    return false;
  }

  private boolean somebodyAsks() {
    for (int i = 0; i < connections.size(); i++) {
      if (connections.get(i).outstanding() > 0) {
        return true;
      }
    }
    return false;
  }

  private void handOverLater() {
    if (handOver == NO_TIMER && !opening) {
      long delay = connections.size() < maxConnections ? HAND_OVER_MILLIS : POLL_MILLIS;
      handOver = vertx.setTimer(delay, id -> handOver());
    }
  }

  private void handOver() {
    handOver = NO_TIMER;
    if (stopped() || opening || somebodyAsks() || slots.free() <= 0) {
      return;
    }
    if (idleOneWaits()) {
      return;
    }
    if (connections.size() < maxConnections) {
      openAnother();
      return;
    }
    for (WorkerConnection worker : connections) {
      if (worker.holds() < WorkerConnection.MAX_HELD) {
        poll(worker);
        return;
      }
    }
  }

  private void openAnother() {
    opening = true;
    connect()
        .onComplete(
            worker -> {
              opening = false;
              join(worker);
            },
            cause -> {
              opening = false;
              fail(cause);
            });
  }

  private void keepLeases() {
    long now = System.nanoTime();
    boolean any = false;
    // A lost lease may end the loop.
    for (WorkerConnection worker : List.copyOf(connections)) {
      for (ReservedJob job : worker.held()) {
        job.keep(now);
        any = true;
      }
    }
    if (!any) {
      leaveLeases();
    }
  }

  private void leaveLeases() {
    keepingLeases = false;
    source.leases().remove(keepLeases);
  }

  /** Takes no new jobs until {@link #resume()}; those begun go on. */
  public void pause() {
    paused = true;
    stopAsking();
  }

  /** A blocked reserve cannot be taken back; its connection holds nothing, so nothing is lost with it. */
  private void stopAsking() {
    for (WorkerConnection worker : new ArrayList<>(connections)) {
      if (worker.isWaiting()) {
        connections.remove(worker);
        Future<Void> unused = worker.retire();
      }
    }
    for (ReservedJob job = slots.late(this); job != null; job = slots.late(this)) {
      giveBack(job);
    }
  }

  /** Takes jobs again. */
  public void resume() {
    paused = false;
    if (stopped()) {
      return;
    }
    slots.offer();
    if (connections.isEmpty() && !opening) {
      openAnother();
    }
  }

  /**
   * Takes no more jobs, for good, and gives back those not begun.
   *
   * @return completes when every job is settled and the broker has taken note of it, and the connections are closed
   */
  public Future<Void> drain() {
    draining = true;
    stopAsking();
    checkDrained();
    return drained.future();
  }

  private void checkDrained() {
    if (!draining || ended || opening || begun > 0 || returning > 0) {
      return;
    }
    for (WorkerConnection worker : connections) {
      if (worker.outstanding() > 0 || worker.unanswered() > 0) {
        return;
      }
    }
    Future<Void> unused = stop();
  }

  /** Ends at once: the broker gives the jobs to others, and those here are lost. */
  public Future<Void> close() {
    return stop();
  }

  /** The same for a reason outside, which makes the end unexpected. */
  public void fail(Throwable cause) {
    if (!ended) {
      Future<Void> unused = stop();
      if (opened) {
        receiver.lost(cause);
      }
    }
  }

  private @Nullable Throwable endOf(WorkerConnection worker) {
    Future<Throwable> closed = worker.connection().closed();
    return closed.isComplete() ? closed.result() : null;
  }

  private Future<Void> stop() {
    if (ended) {
      return drained.future();
    }
    ended = true;
    leaveLeases();
    if (handOver != NO_TIMER) {
      vertx.cancelTimer(handOver);
    }
    int polls = 0;
    List<Future<Void>> closing = new ArrayList<>();
    List<WorkerConnection> all = new ArrayList<>(connections);
    connections.clear();
    for (WorkerConnection worker : all) {
      polls += worker.polls();
      Throwable end = endOf(worker);
      List<ReservedJob> held = worker.held();
      closing.add(worker.retire());
      for (ReservedJob job : held) {
        slots.forget(job);
        job.lose(
            end != null
                ? end
                : new LeaseLostException("the worker was closed, the broker has the job again"),
            Settled.CONNECTION_LOST);
      }
    }
    slots.leave(this, polls, begun);
    slots.offer();
    Future.join(closing).onComplete(v -> drained.tryComplete());
    return drained.future();
  }
}
