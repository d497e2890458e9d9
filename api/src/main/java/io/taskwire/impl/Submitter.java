/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.QueueClosedException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskRejectedException;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.spi.Bag;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Session;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Passes submits on to the sessions, in order and never more at once than the limits allow, and knows every task that is
 * still open, so that none is forgotten at the end. Each host gets what it gets in the order of the submits.
 */
final class Submitter implements SessionUser {

  private final SubmitLimits limits;
  private final Hosts hosts;
  private final Lines lines;
  private final FeatureGate gate;
  private final TimerWheel wheel;
  private final Listeners listeners;
  private final Questions questions;

  private final ArrayDeque<PendingTask<?>> waiting = new ArrayDeque<>();
  /** Submitted, and not at their end. */
  private final Bag<PendingTask<?>> open = new Bag<>();

  /** Submits on their way to the loop: submitting threads add, the loop takes away. */
  private final AtomicInteger arriving = new AtomicInteger();

  private @Nullable Promise<Void> nothingUnaccepted;
  private boolean closed;
  private boolean passing;
  private int awaiting;

  Submitter(
      SubmitLimits limits, Hosts hosts, FeatureGate gate, TimerWheel wheel, Listeners listeners) {
    this.limits = limits;
    this.hosts = hosts;
    this.lines = new Lines(limits.maxInFlight(), hosts.count());
    this.gate = gate;
    this.wheel = wheel;
    this.listeners = listeners;
    this.questions = new Questions(wheel, limits.acceptTimeout());
  }

  Questions questions() {
    return questions;
  }

  SubmitLimits limits() {
    return limits;
  }

  TimerWheel wheel() {
    return wheel;
  }

  Listeners listeners() {
    return listeners;
  }

  FeatureGate gate() {
    return gate;
  }

  /** Counts a submit that is about to go to the loop; false if too many are on their way. Any thread. */
  boolean mayArrive() {
    if (arriving.incrementAndGet() <= limits.maxInFlight() + limits.maxPending()) {
      return true;
    }
    arriving.decrementAndGet();
    return false;
  }

  /** A submit has come to the loop. */
  void arrived(PendingTask<?> task) {
    arriving.decrementAndGet();
    open.add(task);
    String name = task.taskName();
    if (!listeners.none()) {
      listeners.tell(l -> l.submitted(name));
    }
    if (task.wantsResult()) {
      awaiting++;
    }
    TaskException refusal = refusal(task);
    if (refusal != null) {
      task.rejected(refusal);
      return;
    }
    wheel.add(task, limits.acceptTimeout());
    Line to = lineNow(task);
    if (to != null) {
      send(task, to);
      return;
    }
    waiting.add(task);
    if (lines.isEmpty()) {
      hosts.ensureConnecting();
    } else {
      pass();
    }
  }

  /** Where a submit may go at once, null if it has to wait. */
  private @Nullable Line lineNow(PendingTask<?> task) {
    if (!waiting.isEmpty()) {
      return null;
    }
    Line to = lines.route(task.unique());
    return to != null && to.waiting().isEmpty() && lines.isReady(to) ? to : null;
  }

  /** The result of a task that was submitted before is wanted. */
  void attached(PendingTask<?> task) {
    open.add(task);
    awaiting++;
    TaskException refusal = closed
        ? new QueueClosedException("the queue is closed", task.taskName(), task.id(), false, null)
        : tooManyAwaited(task);
    if (refusal == null) {
      task.attached(hosts.attach(task.taskName(), task.format(), task.id(), task));
    } else {
      task.rejected(refusal);
    }
  }

  private @Nullable TaskException tooManyAwaited(PendingTask<?> task) {
    return awaiting > limits.maxAwaiting()
        ? new TaskRejectedException(
            TaskRejectedException.Reason.LOCAL_LIMIT,
            "maxAwaiting=" + limits.maxAwaiting()
                + " results are waited for already; wait for some of them first",
            task.taskName(),
            null)
        : null;
  }

  private @Nullable TaskException refusal(PendingTask<?> task) {
    String name = task.taskName();
    if (closed) {
      return new QueueClosedException(
          "the queue is closed; nothing was sent", name, null, true, null);
    }
    TaskException tooMany = tooManyAwaited(task);
    if (tooMany != null) {
      return tooMany;
    }
    if (countWaiting() >= limits.maxPending() && lineNow(task) == null) {
      return tooManyPending(name);
    }
    return null;
  }

  TaskRejectedException tooManyPending(String taskName) {
    return new TaskRejectedException(
        TaskRejectedException.Reason.LOCAL_LIMIT,
        "maxInFlight=" + limits.maxInFlight() + " submits are not accepted yet and maxPending="
            + limits.maxPending()
            + " wait behind them; submit slower, or await what task() returns",
        taskName,
        null);
  }

  private int countWaiting() {
    int count = waiting.size();
    for (Line line : lines.all()) {
      count += line.waiting().size();
    }
    return count;
  }

  private void send(PendingTask<?> task, Line to) {
    try {
      task.requireFeatures();
    } catch (
        UnsupportedOptionException
            e) { // the broker at hand can do less than the transport in general
      task.rejected(e);
      return;
    }
    lines.sent(to);
    try {
      to.session().submit(task.beginSending(to), task);
    } catch (RuntimeException e) {
      task.rejected(new TaskRejectedException(
          TaskRejectedException.Reason.REFUSED,
          "the transport refused it: " + e.getMessage(),
          task.taskName(),
          e));
    }
  }

  /** Passes on what waits, as far as the limits allow. */
  private void pass() {
    if (passing) {
      return; // a session that accepts at once calls back from within submit
    }
    passing = true;
    try {
      for (int i = 0; i < lines.all().size(); i++) {
        pass(lines.all().get(i));
      }
      PendingTask<?> task;
      while ((task = waiting.peek()) != null) {
        if (task.isDone()) {
          waiting.poll();
          continue;
        }
        Line to = lines.route(task.unique());
        if (to == null) {
          return;
        }
        waiting.poll();
        to.waiting().add(task);
        pass(to);
      }
    } finally {
      passing = false;
    }
  }

  private void pass(Line line) {
    while (!line.waiting().isEmpty() && lines.isReady(line)) {
      PendingTask<?> task = line.waiting().poll();
      if (task != null && !task.isDone()) {
        send(task, line);
      }
    }
  }

  /** A submit that was sent is answered, or will not be. */
  void answered(@Nullable Line by) {
    if (by != null) {
      lines.answered(by);
      if (!waiting.isEmpty() || !by.waiting().isEmpty()) {
        pass();
      }
    }
    checkNothingUnaccepted();
  }

  /** A task is done, one way or the other. */
  void done(PendingTask<?> task) {
    open.remove(task);
    if (task.wantsResult()) {
      awaiting--;
    }
    dropDone(waiting);
    for (Line line : lines.all()) {
      dropDone(line.waiting());
    }
    checkNothingUnaccepted();
  }

  /** Out of time while nothing could be sent: all wait equally long, so they end at the head. */
  private static void dropDone(ArrayDeque<PendingTask<?>> line) {
    PendingTask<?> first;
    while ((first = line.peek()) != null && first.isDone()) {
      line.poll();
    }
  }

  /** Why nothing can be sent, as far as is known. */
  @Nullable
  Throwable whyNotConnected() {
    return lines.isEmpty() ? hosts.lastFailure() : null;
  }

  @Override
  public void connected(Connector host, Session fresh) {
    lines.add(host, fresh);
    pass();
  }

  @Override
  public void writable() {
    pass();
  }

  @Override
  public void disconnected(Connector host) {
    Line lost = lines.remove(host);
    if (lost == null) {
      return;
    }
    lost.waiting().descendingIterator().forEachRemaining(waiting::addFirst);
    lost.waiting().clear();
    pass();
    checkNothingUnaccepted();
  }

  @Override
  public void gaveUp(BrokerConnectException cause) {
    PendingTask<?> task;
    while ((task = waiting.poll()) != null) {
      if (!task.isDone()) {
        task.rejected(new TaskConnectException(
            "nothing was sent, connecting is given up: " + cause.getMessage(),
            task.taskName(),
            null,
            cause));
      }
    }
  }

  /** Completes when no submit waits for acceptance any more. */
  Future<Void> whenNothingUnaccepted() {
    if (nothingUnaccepted == null) {
      nothingUnaccepted = Promise.promise();
      checkNothingUnaccepted();
    }
    return nothingUnaccepted.future();
  }

  private void checkNothingUnaccepted() {
    if (nothingUnaccepted != null
        && (lines.isEmpty() || (lines.inFlight() == 0 && countWaiting() == 0))) {
      nothingUnaccepted.tryComplete();
    }
  }

  /** Refuses all further submits and ends the tasks that are still open. */
  void close() {
    closed = true;
    waiting.clear();
    lines.all().forEach(line -> line.waiting().clear());
    open.copy().forEach(PendingTask::queueClosed);
    questions.close();
  }
}
