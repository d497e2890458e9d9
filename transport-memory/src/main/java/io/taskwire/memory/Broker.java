/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.FailureCode;
import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskRejectedException;
import io.taskwire.TaskRejectedException.Reason;
import io.taskwire.TaskStatus.State;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of one broker and what can be done with them. If it is shared, the event loops of all its queues meet here,
 * each between {@link #enter} and {@link #exit}; a broker of one queue is confined to that queue's loop and has no lock.
 * Methods that say "under the lock" are called in between; the others enter by themselves. No listener is called here.
 */
final class Broker {

  static final Failure CANCELLED =
      new Failure(FailureCode.CANCELLED, "", "the task was cancelled", null);
  private static final Failure EXPIRED =
      new Failure(FailureCode.TIMEOUT, "", "no worker had begun the task by its deadline", null);

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

  /** So many tasks whose time has come are moved under one lock; the others follow a millisecond later. */
  private static final int DUE_AT_ONCE = 4_096;

  private record UniqueKey(String taskName, String key) {}

  private final String name;
  private final String idPrefix;
  private final @Nullable ReentrantLock lock;
  private final long origin = System.nanoTime();
  private final List<Port> ports = new ArrayList<>();
  private final ArrayDeque<Port> gone = new ArrayDeque<>();
  private final Map<String, NamedTasks> names = new HashMap<>();
  private final Map<UniqueKey, MemoryTask> uniques = new HashMap<>();
  private final Schedule schedule = new Schedule();
  private final DeadLetters deadLetters = new DeadLetters();
  private @Nullable MemoryFaults faults;
  private long numbers;
  private long orders;
  private int open;

  /** The time for which some queue's loop was asked to watch. */
  private long watched = Schedule.NEVER;

  private Broker(
      String name, String idPrefix, @Nullable ReentrantLock lock, @Nullable MemoryFaults faults) {
    this.name = name;
    this.idPrefix = idPrefix;
    this.lock = lock;
    this.faults = faults;
  }

  static Broker ownedByOneQueue(String idPrefix) {
    return new Broker("", idPrefix, null, null);
  }

  static Broker shared(String name, String idPrefix, @Nullable MemoryFaults faults) {
    return new Broker(name, idPrefix, new ReentrantLock(), faults);
  }

  void enter() {
    if (lock != null) {
      lock.lock();
    }
  }

  void exit() {
    try {
      Port port;
      while ((port = gone.poll()) != null) {
        LOG.warn(
            "the event loop of a queue of memory:{} has ended before the queue was closed", name);
        remove(port);
      }
    } finally {
      if (lock != null) {
        lock.unlock();
      }
    }
  }

  String name() {
    return name;
  }

  Port join(TransportContext context) {
    Port port = new Port(this, context);
    enter();
    try {
      ports.add(port);
      return port;
    } finally {
      exit();
    }
  }

  Future<Void> leave(Port port) {
    enter();
    try {
      remove(port);
      return port.farewell();
    } finally {
      exit();
    }
  }

  /** Remembers a queue whose event loop takes no more events, to be removed at the next exit. Under the lock. */
  void isGone(Port port) {
    gone.add(port);
  }

  private void remove(Port port) {
    if (!ports.contains(port)) {
      return;
    }
    boolean last = ports.size() == 1;
    port.leave(last);
    ports.remove(port);
    if (!last) {
      watched = Schedule.NEVER;
      watchClock();
    } else if (open > 0) {
      LOG.warn("memory:{} was closed by its last queue with {} tasks, which are lost", name, open);
    }
  }

  boolean isDeserted() {
    enter();
    try {
      return ports.isEmpty();
    } finally {
      exit();
    }
  }

  void submit(Port port, Submission submission, SubmitListener listener) {
    enter();
    try {
      TaskRejectedException refusal = refusal(port, submission);
      if (refusal != null) {
        port.post(() -> listener.rejected(refusal));
        return;
      }
      UniqueKey key = submission.unique() == null
          ? null
          : new UniqueKey(submission.taskName(), submission.unique());
      MemoryTask joined = key == null ? null : uniques.get(key);
      MemoryTask task = joined == null ? newTask(submission) : joined;
      if (key != null && joined == null) {
        uniques.put(key, task);
      }
      accept(port, submission, listener, task);
      if (joined == null) {
        enqueue(task, submission);
      }
    } finally {
      exit();
    }
  }

  private @Nullable TaskRejectedException refusal(Port port, Submission submission) {
    int length = submission.payload().length();
    if (length > port.maxPayload) {
      String message = Port.tooLarge("the payload", length, port.maxPayload);
      return new TaskRejectedException(Reason.TOO_LARGE, message, submission.taskName(), null);
    }
    if (open >= port.maxTasks) {
      String message = "the memory broker holds " + open + " tasks, and "
          + MemoryTransportProvider.MAX_TASKS.key() + " is " + port.maxTasks
          + "; wait until some are done";
      return new TaskRejectedException(Reason.BROKER_FULL, message, submission.taskName(), null);
    }
    return null;
  }

  private MemoryTask newTask(Submission submission) {
    NamedTasks named = named(submission.taskName());
    named.open++;
    open++;
    return new MemoryTask(
        named.of(submission.priority()),
        ++numbers,
        submission.payload().getBytes(),
        copy(submission.headers()),
        submission.unique());
  }

  private void accept(Port port, Submission submission, SubmitListener listener, MemoryTask task) {
    if (faults != null && faults.losesAcceptance()) {
      OutcomeUnknownException cause = new OutcomeUnknownException(
          "the acceptance was lost by an injected fault", submission.taskName(), null, null);
      port.post(() -> listener.rejected(cause));
      return;
    }
    Caller caller = new Caller(port, task, listener);
    port.post(caller);
    if (submission.wantsResult()) {
      caller.await();
    }
  }

  private void enqueue(MemoryTask task, Submission submission) {
    Duration deadline = submission.deadline();
    if (deadline != null) {
      task.times().deadlineAt = after(deadline);
    }
    if (submission.delay().isZero()) {
      ready(task);
    } else {
      delay(task, submission.delay());
    }
  }

  private NamedTasks named(String taskName) {
    NamedTasks named = names.get(taskName);
    if (named == null) {
      named = new NamedTasks(taskName, idPrefix);
      names.put(taskName, named);
    }
    return named;
  }

  static Map<String, String> copy(Map<String, String> headers) {
    return headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  MemoryConsumer consume(Port port, ConsumerSpec spec, ConsumerListener listener) {
    enter();
    try {
      NamedTasks named = named(spec.taskName());
      named.consumers++;
      MemoryConsumer consumer = new MemoryConsumer(port, spec, listener, named);
      port.consumers.add(consumer);
      named.offer(consumer);
      dispatch(named);
      return consumer;
    } finally {
      exit();
    }
  }

  /** Hands the waiting tasks of a name to its free consumers. Under the lock. */
  void dispatch(NamedTasks named) {
    MemoryTask task;
    MemoryConsumer consumer;
    while ((task = named.first()) != null && (consumer = named.pollConsumer()) != null) {
      task.line.remove(task);
      schedule.remove(task);
      assign(task, consumer);
      named.offer(consumer);
    }
  }

  private void assign(MemoryTask task, MemoryConsumer consumer) {
    int limit = consumer.port.maxPayload;
    if (task.payload.length > limit) {
      String message = Port.tooLarge("the payload", task.payload.length, limit);
      LOG.error("task \"{}\" ({}) failed: {}", task.name(), task.id(), message);
      finish(task);
      task.fail(new Failure(FailureCode.TOO_LARGE, "", message, null));
    } else if (task.attempts >= consumer.spec.maxAttempts()) {
      exhaust(task, consumer);
    } else {
      task.attempts++;
      task.state = State.RUNNING;
      MemoryDelivery delivery = new MemoryDelivery(task, consumer, task.attempts);
      task.delivery = delivery;
      consumer.take(delivery);
      if (faults != null && faults.deliversTwice()) {
        MemoryTask twin = task.twin();
        task.named().open++;
        open++;
        back(twin);
      }
    }
  }

  /** Sets aside a task that was delivered as often as its consumer allows. Under the lock. */
  void exhaust(MemoryTask task, MemoryConsumer consumer) {
    LOG.error(
        "task \"{}\" ({}) becomes a dead letter: it was delivered {} times, the most that maxAttempts allows",
        task.name(),
        task.id(),
        task.attempts);
    String message = "it was delivered " + task.attempts + " times and not settled";
    bury(task, new Failure(FailureCode.REJECTED, "", message, null), consumer.port);
  }

  /** Sets a task aside. Under the lock. */
  void bury(MemoryTask task, Failure failure, Port by) {
    finish(task);
    deadLetters.add(task, failure, by.maxDeadLetters);
    task.fail(failure);
  }

  /** Has a task wait behind those of its priority. Under the lock. */
  private void ready(MemoryTask task) {
    task.state = State.QUEUED;
    ReadyTasks waiting = task.line;
    MemoryTask first = waiting.first();
    if (first != null && faults != null && faults.overtakes()) {
      task.order = first.order - 1;
      waiting.addInOrder(task);
    } else {
      task.order = ++orders;
      waiting.addLast(task);
    }
    dispatch(task.named());
    expireLater(task);
  }

  /** Keeps a task from the consumers for a while. Under the lock. */
  private void delay(MemoryTask task, Duration delay) {
    task.state = State.DELAYED;
    schedule(task, Math.min(after(delay), task.deadlineAt()));
  }

  /** Has a task that a consumer held wait in its old place; the caller dispatches. Under the lock. */
  void back(MemoryTask task) {
    task.delivery = null;
    if (task.cancelled) {
      finish(task);
      task.fail(CANCELLED);
      return;
    }
    task.state = State.QUEUED;
    task.line.addInOrder(task);
    expireLater(task);
  }

  /** Has a task that was begun delivered again later. Under the lock. */
  void again(MemoryTask task, Duration delay) {
    task.deadlineMet();
    if (task.cancelled) {
      back(task);
    } else {
      task.delivery = null;
      if (delay.isZero() || delay.isNegative()) {
        ready(task);
      } else {
        delay(task, delay);
      }
    }
  }

  /** Takes a waiting task away. Under the lock. */
  void drop(MemoryTask task, Failure failure) {
    if (task.state == State.QUEUED) {
      task.line.remove(task);
    }
    schedule.remove(task);
    finish(task);
    task.fail(failure);
  }

  /** Forgets a task that is not in any list. Under the lock. */
  void finish(MemoryTask task) {
    task.state = State.UNKNOWN;
    task.delivery = null;
    open--;
    task.named().open--;
    forgetUnique(task);
    forgetIfUnused(task.named());
  }

  /** Has no submit join a task any more. Under the lock. */
  void forgetUnique(MemoryTask task) {
    if (task.unique != null) {
      uniques.remove(new UniqueKey(task.name(), task.unique), task);
    }
  }

  /** Under the lock. */
  void forgetIfUnused(NamedTasks named) {
    if (named.open == 0 && named.consumers == 0) {
      names.remove(named.name);
    }
  }

  private void expireLater(MemoryTask task) {
    if (task.state == State.QUEUED && task.deadlineAt() != Schedule.NEVER) {
      schedule(task, task.deadlineAt());
    }
  }

  private void schedule(MemoryTask task, long due) {
    schedule.add(task, due);
    watchClock();
  }

  private void watchClock() {
    long due = schedule.nextDue();
    if (due < watched && !ports.isEmpty()) {
      watched = due;
      ports.get(0).watchClock();
    }
  }

  /** How long the one who watches the clock has to wait, {@link Schedule#NEVER} if for nothing. */
  long nanosToNextDue() {
    enter();
    try {
      watched = schedule.nextDue();
      return watched == Schedule.NEVER ? Schedule.NEVER : Math.max(0, watched - now());
    } finally {
      exit();
    }
  }

  /** Moves the tasks whose time has come. */
  void runDue() {
    enter();
    try {
      watched = Schedule.NEVER;
      long now = now();
      MemoryTask task;
      for (int i = 0; i < DUE_AT_ONCE && (task = schedule.pollDue(now)) != null; i++) {
        if (task.deadlineAt() <= now) {
          drop(task, EXPIRED);
        } else {
          ready(task);
        }
      }
      watchClock();
    } finally {
      exit();
    }
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  /** The time from now; what lies beyond 292 years comes a little before never. */
  private long after(Duration wait) {
    long longest = Schedule.NEVER - 1 - now();
    long seconds = wait.toSeconds();
    return now() + (seconds >= TimeUnit.NANOSECONDS.toSeconds(longest) ? longest : wait.toNanos());
  }

  /** Whether a fault has the broker miss what it is told. Under the lock. */
  boolean losesAcknowledgement() {
    return faults != null && faults.losesAcknowledgement();
  }

  void inject(@Nullable MemoryFaults now) {
    enter();
    try {
      faults = now;
    } finally {
      exit();
    }
  }

  void dropSessions(Throwable cause) {
    enter();
    try {
      for (Port port : ports) {
        port.dropSession(cause);
      }
    } finally {
      exit();
    }
  }

  List<DeadLetter> deadLetters() {
    enter();
    try {
      return deadLetters.copy();
    } finally {
      exit();
    }
  }
}
