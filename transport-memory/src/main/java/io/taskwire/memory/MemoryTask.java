/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.Progress;
import io.taskwire.TaskStatus;
import io.taskwire.spi.Failure;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task at the broker. What changes belongs to the broker's lock. */
final class MemoryTask {

  /** Where it waits. */
  final ReadyTasks line;

  final long number;
  final byte[] payload;
  final Map<String, String> headers;
  final @Nullable String unique;

  /** The task itself, or the one of which a fault made a double: its callers are the same. */
  private final MemoryTask origin;

  TaskStatus.State state = TaskStatus.State.QUEUED;
  int attempts;
  boolean cancelled;

  @Nullable
  Progress progress;

  /** The place among the tasks of its priority. */
  long order;

  /** The one delivery while the state is RUNNING. */
  @Nullable
  MemoryDelivery delivery;

  /** Links of {@link ReadyTasks}. */
  @Nullable
  MemoryTask previous;

  @Nullable
  MemoryTask next;

  /** Made for a delay or a deadline only. */
  private @Nullable TaskTimes times;

  private boolean replyExpected;
  private @Nullable Caller callers;
  private @Nullable Port abandonedBy;

  MemoryTask(
      ReadyTasks line,
      long number,
      byte[] payload,
      Map<String, String> headers,
      @Nullable String unique) {
    this.line = line;
    this.number = number;
    this.payload = payload;
    this.headers = headers;
    this.unique = unique;
    this.origin = this;
  }

  private MemoryTask(MemoryTask origin) {
    this.line = origin.line;
    this.number = origin.number;
    this.payload = origin.payload;
    this.headers = origin.headers;
    this.unique = origin.unique;
    this.order = origin.order;
    this.attempts = origin.attempts;
    this.origin = origin.origin;
  }

  /** Makes a second one of the same id and callers: what a broker does that has lost sight of the first. */
  MemoryTask twin() {
    return new MemoryTask(this);
  }

  /** Made anew each time: few ask, and kept for each task that waits it would take much memory. */
  String id() {
    return line.named.idPrefix + number;
  }

  NamedTasks named() {
    return line.named;
  }

  String name() {
    return line.named.name;
  }

  /** By when a worker must have begun, {@link Schedule#NEVER} if there is no limit, or it was met. */
  long deadlineAt() {
    return times == null ? Schedule.NEVER : times.deadlineAt;
  }

  /** A worker has begun: whatever becomes of it, the deadline is met. */
  void deadlineMet() {
    if (times != null) {
      times.deadlineAt = Schedule.NEVER;
    }
  }

  TaskTimes times() {
    TaskTimes kept = times;
    if (kept == null) {
      kept = new TaskTimes(this);
      times = kept;
    }
    return kept;
  }

  @Nullable
  TaskTimes timesIfAny() {
    return times;
  }

  boolean isOver() {
    return state == TaskStatus.State.UNKNOWN || state == TaskStatus.State.DEAD;
  }

  boolean isReplyExpected() {
    return origin.replyExpected;
  }

  @Nullable
  Caller callers() {
    return origin.callers;
  }

  void addCaller(Caller caller) {
    replyExpected = true;
    Caller first = callers;
    caller.next = first;
    if (first != null) {
      first.previous = caller;
    }
    callers = caller;
  }

  void removeCaller(Caller caller) {
    Caller before = caller.previous;
    Caller after = caller.next;
    if (before == null) {
      callers = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    caller.previous = null;
    caller.next = null;
  }

  /** Remembers who is to be told of a late reply. */
  void abandonedBy(Port port) {
    abandonedBy = port;
  }

  /** Ends the wait of all callers: the first end wins, whoever comes later finds none. */
  void complete(Buffer result, Map<String, String> resultHeaders) {
    for (Caller caller = takeCallers(); caller != null; caller = caller.next) {
      caller.end(result.copy(), resultHeaders);
    }
    reportLate();
  }

  /** Ends the wait of all callers. */
  void fail(Failure failure) {
    for (Caller caller = takeCallers(); caller != null; caller = caller.next) {
      caller.end(failure, Map.of());
    }
    reportLate();
  }

  private @Nullable Caller takeCallers() {
    Caller first = origin.callers;
    origin.callers = null;
    return first;
  }

  private void reportLate() {
    Port port = origin.abandonedBy;
    if (port != null) {
      origin.abandonedBy = null;
      port.post(() -> port.lateReply(id()));
    }
  }
}
