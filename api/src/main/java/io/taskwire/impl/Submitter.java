/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.QueueClosedException;
import io.taskwire.TaskConnectException;
import io.taskwire.TaskException;
import io.taskwire.TaskRejectedException;
import io.taskwire.UnsupportedOptionException;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Session;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Passes submits on to the session, in order and never more at once than the limits allow, and knows every task that is
 * still open, so that none is forgotten at the end.
 */
final class Submitter implements SessionUser {

  private final SubmitLimits limits;
  private final Connector connector;
  private final Attaching attaching;
  private final FeatureGate gate;
  private final TimerWheel wheel;
  private final Listeners listeners;
  private final Questions questions;

  private final ArrayDeque<PendingTask<?>> waiting = new ArrayDeque<>();
  private final OpenTasks open = new OpenTasks();

  /** Submits on their way to the loop: submitting threads add, the loop takes away. */
  private final AtomicInteger arriving = new AtomicInteger();

  private @Nullable Session session;
  private @Nullable Promise<Void> nothingUnaccepted;
  private boolean closed;
  private boolean passing;
  private int inFlight;
  private int awaiting;

  Submitter(
      SubmitLimits limits,
      Connector connector,
      Attaching attaching,
      FeatureGate gate,
      TimerWheel wheel,
      Listeners listeners) {
    this.limits = limits;
    this.connector = connector;
    this.attaching = attaching;
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
    if (waiting.isEmpty() && maySend()) {
      send(task);
    } else {
      waiting.add(task);
      connector.ensureConnecting();
    }
  }

  /** The result of a task that was submitted before is wanted. */
  void attached(PendingTask<?> task) {
    open.add(task);
    awaiting++;
    TaskException refusal = closed
        ? new QueueClosedException("the queue is closed", task.taskName(), task.id(), false, null)
        : tooManyAwaited(task);
    if (refusal == null) {
      task.attached(attaching.attach(task.taskName(), task.id(), task));
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
    if (waiting.size() >= limits.maxPending() && !(waiting.isEmpty() && maySend())) {
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

  private boolean maySend() {
    return session != null && inFlight < limits.maxInFlight() && session.isWritable();
  }

  private void send(PendingTask<?> task) {
    Session to = session;
    if (to == null) {
      throw new IllegalStateException("no session to send to");
    }
    try {
      task.requireFeatures();
    } catch (
        UnsupportedOptionException
            e) { // the broker at hand can do less than the transport in general
      task.rejected(e);
      return;
    }
    inFlight++;
    try {
      to.submit(task.beginSending(), task);
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
      while (!waiting.isEmpty() && maySend()) {
        PendingTask<?> task = waiting.poll();
        if (task != null && !task.isDone()) {
          send(task);
        }
      }
    } finally {
      passing = false;
    }
  }

  /** A submit that was sent is answered, or will not be. */
  void answered() {
    inFlight--;
    if (!waiting.isEmpty()) {
      pass();
    }
    checkNothingUnaccepted();
  }

  /** A task is done, one way or the other. */
  void done(PendingTask<?> task) {
    open.remove(task);
    if (task.wantsResult()) {
      awaiting--;
    }
    PendingTask<?> first;
    while ((first = waiting.peek()) != null && first.isDone()) {
      waiting
          .poll(); // out of time while nothing could be sent; all wait equally long, so they end at
      // the head
    }
    checkNothingUnaccepted();
  }

  /** Why nothing can be sent, as far as is known. */
  @Nullable
  Throwable whyNotConnected() {
    return session == null ? connector.lastFailure() : null;
  }

  @Override
  public void connected(Session fresh) {
    session = fresh;
    inFlight = 0;
    pass();
  }

  @Override
  public void writable() {
    pass();
  }

  @Override
  public void disconnected() {
    session = null;
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
    if (nothingUnaccepted != null && (session == null || (inFlight == 0 && waiting.isEmpty()))) {
      nothingUnaccepted.tryComplete();
    }
  }

  /** Refuses all further submits and ends the tasks that are still open. */
  void close() {
    closed = true;
    waiting.clear();
    PendingTask<?> task;
    while ((task = open.any()) != null) {
      task.queueClosed();
    }
    questions.close();
  }
}
