/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.Priority;
import io.taskwire.Progress;
import io.taskwire.TaskStatus;
import io.taskwire.spi.Failure;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task at the broker. What changes belongs to the broker's lock. */
final class MemoryTask {

  final NamedTasks named;
  final long number;
  final byte[] payload;
  final Map<String, String> headers;
  final Priority priority;
  final @Nullable String unique;
  private final String idPrefix;

  /** The task itself, or the one of which a fault made a double: its callers are the same. */
  private final MemoryTask origin;

  TaskStatus.State state = TaskStatus.State.QUEUED;
  int attempts;
  boolean cancelled;

  @Nullable
  Progress progress;

  /** When the delay has passed, by the broker's clock. */
  long readyAt;

  /** By when a worker must have begun, {@link Schedule#NEVER} if there is no limit, or it was met. */
  long deadlineAt = Schedule.NEVER;

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

  /** What {@link Schedule} keeps. */
  long due;

  int duePlace = -1;

  private boolean replyExpected;
  private @Nullable Caller callers;
  private @Nullable Port abandonedBy;

  /**
   * The text of the number, made when first asked for. Two event loops may both make it; the texts are the same, and a
   * String is safe to hand over without a lock.
   */
  private @Nullable String id;

  MemoryTask(
      NamedTasks named,
      String idPrefix,
      long number,
      byte[] payload,
      Map<String, String> headers,
      Priority priority,
      @Nullable String unique) {
    this.named = named;
    this.idPrefix = idPrefix;
    this.number = number;
    this.payload = payload;
    this.headers = headers;
    this.priority = priority;
    this.unique = unique;
    this.origin = this;
  }

  private MemoryTask(MemoryTask origin) {
    this.named = origin.named;
    this.idPrefix = origin.idPrefix;
    this.number = origin.number;
    this.payload = origin.payload;
    this.headers = origin.headers;
    this.priority = origin.priority;
    this.unique = origin.unique;
    this.order = origin.order;
    this.attempts = origin.attempts;
    this.origin = origin.origin;
  }

  /** Makes a second one of the same id and callers: what a broker does that has lost sight of the first. */
  MemoryTask twin() {
    return new MemoryTask(this);
  }

  String id() {
    String known = id;
    if (known == null) {
      known = idPrefix + number;
      id = known;
    }
    return known;
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
