/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.FailureCode;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.TaskTube;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the jobs of one tube, over a few connections among which one waits for the next job while the others work.
 *
 * <p>After every event {@link #look} decides what a connection does next: while jobs are there it polls for as many as
 * handlers are free; when it holds nothing it waits, unless another does. If nobody can wait because all hold jobs, another
 * connection is made for it; when there are enough of them, one polls every 20 ms.
 */
final class TubeConsumer implements Consumer {

  private static final Logger log = LoggerFactory.getLogger(TubeConsumer.class);

  private static final int MAX_POLLS = 64;
  private static final int MIN_CONNECTIONS = 4;
  private static final long LEASE_LOOK_MILLIS = 1000;

  /** How long a working connection may keep the tube without anybody waiting, before another is made to. */
  private static final long HAND_OVER_MILLIS = 50;

  private static final long POLL_MILLIS = 20;

  private static final long NO_TIMER = -1;

  private final BeanstalkSession session;
  private final ConsumerSpec spec;
  private final ConsumerListener listener;
  private final Tube tube;
  private final Vertx vertx;
  private final int maxConnections;
  private final long ttrSeconds;
  private final RedeliveryCheck redelivery = new RedeliveryCheck();
  private final List<WorkerConnection> connections = new ArrayList<>();
  private final long leaseTimer;
  private final Promise<Void> drained = Promise.promise();

  private int unsettled;
  private boolean opening;

  /** How many polls are worth it: doubles with each job that comes, none after an empty answer. */
  private int appetite;

  private long handOver = NO_TIMER;
  private boolean started;
  private boolean paused;
  private boolean draining;
  private boolean ended;

  private TubeConsumer(
      BeanstalkSession session, ConsumerSpec spec, ConsumerListener listener, Tube tube) {
    this.session = session;
    this.spec = spec;
    this.listener = listener;
    this.tube = tube;
    this.vertx = session.transport().context().vertx();
    int heldAtMost = WorkerConnection.MAX_HELD;
    this.maxConnections =
        Math.max(MIN_CONNECTIONS, (spec.concurrency() + heldAtMost - 1) / heldAtMost + 1);
    this.ttrSeconds =
        WholeSeconds.atLeast(session.transport().context().settings().get(BeanstalkOptions.TTR));
    this.leaseTimer = vertx.setPeriodic(LEASE_LOOK_MILLIS, id -> keepLeases());
  }

  /** Completes when the broker has answered that the first connection watches the tube. */
  static Future<TubeConsumer> start(
      BeanstalkSession session, ConsumerSpec spec, ConsumerListener listener) {
    Tube tube;
    try {
      tube = TaskTube.of(spec.taskName());
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(new BrokerConnectException(
          "no tube for task \"" + spec.taskName() + "\": " + e.getMessage(), false, e));
    }
    TubeConsumer consumer = new TubeConsumer(session, spec, listener, tube);
    session.add(consumer);
    consumer.opening = true;
    return consumer.open().transform((first, cause) -> {
      consumer.opening = false;
      if (cause != null) {
        consumer.stop();
        return Future.failedFuture(BrokerConnectException.of(session.transport().broker(), cause));
      }
      consumer.started = true;
      consumer.join(first);
      return Future.succeededFuture(consumer);
    });
  }

  String taskName() {
    return spec.taskName();
  }

  int maxAttempts() {
    return spec.maxAttempts();
  }

  long ttrSeconds() {
    return ttrSeconds;
  }

  private Future<WorkerConnection> open() {
    return session
        .transport()
        .open()
        .compose(connection -> WorkerConnection.start(connection, tube, this))
        .compose(worker -> ended
            ? worker
                .retire()
                .compose(v -> Future.failedFuture(session.transport().notConnected()))
            : Future.succeededFuture(worker));
  }

  private void join(WorkerConnection worker) {
    connections.add(worker);
    worker.connection().closed().onSuccess(cause -> {
      if (!worker.isRetired()) {
        lose(cause);
      }
    });
    look(worker);
  }

  /** The answer to a reserve of this consumer. */
  void reserved(WorkerConnection worker, Reply reply) {
    if (ended) {
      return;
    }
    if (reply instanceof Reply.Reserved job) {
      appetite = Math.min(MAX_POLLS, Math.max(1, appetite * 2));
      take(worker, job.id(), Envelope.open(spec.envelope(), job.body()));
    } else if (reply instanceof Reply.Oversized job) {
      takeOversized(worker, job);
    } else if (reply instanceof Reply.TimedOut || reply instanceof Reply.DeadlineSoon) {
      appetite = 0;
      redelivery.tubeEmpty();
    } else {
      lose(new BrokerConnectException(
          session.transport().broker() + " answered a reserve with " + reply, true, null));
      return;
    }
    if (reply instanceof Reply.DeadlineSoon && worker.isIdle()) {
      // To wait again at once would be answered the same at once, until the job's time is over.
      handOverLater();
    } else {
      look(worker);
    }
    checkDrained();
  }

  private void take(WorkerConnection worker, long jobId, Envelope body) {
    HeldJob job = hold(worker, jobId, body);
    if (paused || draining) {
      Future<Settled> unused = job.giveBack();
    } else if (body.payload().length() > session.transport().context().maxPayload()) {
      tooLarge(job, body.payload().length());
    } else if (redelivery.wanted(jobId)) {
      Future<Settled> unused = job.withStats(stats -> {
        redelivery.reserved(stats.reserves());
        return checked(job, stats);
      });
    } else {
      listener.deliver(job);
    }
  }

  private HeldJob hold(WorkerConnection worker, long jobId, Envelope body) {
    HeldJob job = new HeldJob(this, worker, jobId, body);
    HeldJob before = worker.hold(job);
    if (before != null) {
      before.loseToBroker();
    }
    unsettled++;
    return job;
  }

  private Future<Settled> checked(HeldJob job, JobStats stats) {
    if (stats.reserves() > spec.maxAttempts()) {
      String text = "delivered " + (stats.reserves() - 1)
          + " times and never settled, maxAttempts is " + spec.maxAttempts();
      log.error("task {} ({}) was {}: set aside", spec.taskName(), job.id(), text);
      return job.deadLetter(new Failure(FailureCode.REJECTED, "", text, null));
    }
    if (paused || draining) {
      return job.giveBack();
    }
    listener.deliver(job);
    return Future.succeededFuture(Settled.DONE);
  }

  private void takeOversized(WorkerConnection worker, Reply.Oversized reply) {
    // The headers are in what was kept of its body, and say whom to tell.
    HeldJob job = hold(worker, reply.id(), Envelope.open(spec.envelope(), reply.head()));
    tooLarge(job, reply.length());
  }

  private void tooLarge(HeldJob job, long length) {
    String text = "the payload has " + length + " bytes, more than this worker's maxPayload";
    log.error("task {} ({}): {}; set aside", spec.taskName(), job.id(), text);
    Future<Settled> unused = job.deadLetter(new Failure(FailureCode.TOO_LARGE, "", text, null));
  }

  /** A handler is free again. */
  void settled(WorkerConnection worker) {
    unsettled--;
    if (!somebodyAsks()) {
      // Nothing was there last time, but nobody has asked since.
      appetite = Math.max(1, appetite);
    }
    look(worker);
    checkDrained();
  }

  /** The broker has answered to the end of a job. */
  void answered() {
    checkDrained();
  }

  private int free() {
    int outstanding = 0;
    for (WorkerConnection worker : connections) {
      outstanding += worker.outstanding();
    }
    return spec.concurrency() - unsettled - outstanding;
  }

  private boolean stopped() {
    return paused || draining || ended;
  }

  /** Decides what a connection does next. */
  void look(WorkerConnection worker) {
    if (stopped() || worker.isWaiting() || worker.isRetired()) {
      return;
    }
    if (worker.holds() > 0) {
      int more = Math.min(
          Math.min(free(), appetite - worker.polls()),
          WorkerConnection.MAX_HELD - worker.holds() - worker.polls());
      for (int i = 0; i < more; i++) {
        worker.poll();
      }
    }
    if (free() <= 0 || somebodyAsks()) {
      return;
    }
    if (worker.isIdle()) {
      worker.waitForJob();
    } else if (!idleOneWaits()) {
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
    for (WorkerConnection worker : connections) {
      if (worker.outstanding() > 0) {
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
    if (stopped() || opening || somebodyAsks() || free() <= 0) {
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
        worker.poll();
        return;
      }
    }
  }

  private void openAnother() {
    opening = true;
    open()
        .onComplete(
            worker -> {
              opening = false;
              join(worker);
              checkDrained();
            },
            cause -> {
              opening = false;
              lose(cause);
            });
  }

  private void keepLeases() {
    long now = System.nanoTime();
    for (WorkerConnection worker : connections) {
      for (HeldJob job : worker.held()) {
        job.keep(now);
      }
    }
  }

  @Override
  public void pause() {
    paused = true;
    retireWaiting();
  }

  /** A blocked reserve cannot be taken back; its connection holds nothing, so nothing is lost with it. */
  private void retireWaiting() {
    for (WorkerConnection worker : new ArrayList<>(connections)) {
      if (worker.isWaiting()) {
        connections.remove(worker);
        Future<Void> unused = worker.retire();
      }
    }
  }

  @Override
  public void resume() {
    paused = false;
    if (stopped()) {
      return;
    }
    for (WorkerConnection worker : new ArrayList<>(connections)) {
      look(worker);
    }
    if (connections.isEmpty() && !opening) {
      openAnother();
    }
  }

  @Override
  public Future<Void> drain() {
    draining = true;
    retireWaiting();
    checkDrained();
    return drained.future();
  }

  private void checkDrained() {
    if (!draining || ended || opening || unsettled > 0) {
      return;
    }
    for (WorkerConnection worker : connections) {
      if (worker.outstanding() > 0 || worker.unanswered() > 0) {
        return;
      }
    }
    Future<Void> unused = close();
  }

  @Override
  public Future<Void> close() {
    return stop();
  }

  /** The consumer is lost, with its session or alone. */
  void lose(Throwable cause) {
    if (!ended) {
      Future<Void> unused = stop();
      if (started) {
        listener.lost(cause);
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
    session.remove(this);
    vertx.cancelTimer(leaseTimer);
    if (handOver != NO_TIMER) {
      vertx.cancelTimer(handOver);
    }
    List<Future<Void>> closing = new ArrayList<>();
    for (WorkerConnection worker : connections) {
      Throwable end = endOf(worker);
      List<HeldJob> held = worker.held();
      closing.add(worker.retire());
      for (HeldJob job : held) {
        job.lose(
            end != null
                ? end
                : new LeaseLostException("the consumer was closed, the broker has the job again"),
            Settled.CONNECTION_LOST);
      }
    }
    connections.clear();
    Future.join(closing).onComplete(v -> drained.tryComplete());
    return drained.future();
  }
}
