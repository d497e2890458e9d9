/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import io.taskwire.QueueListener;
import io.taskwire.TaskException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Everything one queue told its listeners, in order. Safe to read from any thread. */
public final class Events implements QueueListener {

  /** What a listener is told. */
  public enum Kind {
    /** {@link QueueListener#submitted}. */
    SUBMITTED,
    /** {@link QueueListener#accepted}. */
    ACCEPTED,
    /** {@link QueueListener#completed}. */
    COMPLETED,
    /** {@link QueueListener#failed}. */
    FAILED,
    /** {@link QueueListener#lateReply}. */
    LATE_REPLY,
    /** {@link QueueListener#started}. */
    STARTED,
    /** {@link QueueListener#finished}. */
    FINISHED,
    /** {@link QueueListener#handlerFailed}. */
    HANDLER_FAILED,
    /** {@link QueueListener#leaseLost}. */
    LEASE_LOST,
    /** {@link QueueListener#connected}. */
    CONNECTED,
    /** {@link QueueListener#disconnected}. */
    DISCONNECTED,
    /** {@link QueueListener#reconnecting}. */
    RECONNECTING,
    /** {@link QueueListener#closed}. */
    CLOSED
  }

  /**
   * One thing a listener was told.
   *
   * @param kind what
   * @param taskName the task's name, null where no task is concerned
   * @param taskId the task's id, null where there is none
   * @param host the broker's address, null where none is concerned
   * @param attempt the number of the failed attempt to connect, else 0
   * @param cause why, null where there is no reason
   * @param nextIn the time until the next attempt to connect, else zero
   */
  public record Event(
      Kind kind,
      @Nullable String taskName,
      @Nullable String taskId,
      @Nullable String host,
      int attempt,
      @Nullable Throwable cause,
      Duration nextIn) {}

  // The queue's event loop and the test thread meet at it.
  private final List<Event> all = new ArrayList<>();

  Events() {}

  private void add(
      Kind kind, @Nullable String taskName, @Nullable String taskId, @Nullable Throwable cause) {
    add(new Event(kind, taskName, taskId, null, 0, cause, Duration.ZERO));
  }

  private void add(Event event) {
    synchronized (all) {
      all.add(event);
    }
  }

  /**
   * Gives what was told until now.
   *
   * @return a copy
   */
  public List<Event> all() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  /**
   * Gives what was told until now of one kind.
   *
   * @param kind the kind
   * @return a copy
   */
  public List<Event> of(Kind kind) {
    return all().stream().filter(event -> event.kind() == kind).toList();
  }

  /**
   * Counts what was told until now of one kind.
   *
   * @param kind the kind
   * @return how often
   */
  public int count(Kind kind) {
    synchronized (all) {
      return (int) all.stream().filter(event -> event.kind() == kind).count();
    }
  }

  /**
   * Waits until something of a kind was told so often.
   *
   * @param kind the kind
   * @param times how often at least, counted from the beginning
   */
  public void await(Kind kind, int times) {
    Await.until(times + " times " + kind + "; told was " + this, () -> count(kind) >= times);
  }

  /**
   * Waits until something of a kind was told of a task.
   *
   * @param kind the kind
   * @param taskName the task's name
   */
  public void await(Kind kind, String taskName) {
    Predicate<Event> wanted =
        event -> event.kind() == kind && Objects.equals(event.taskName(), taskName);
    Await.until(kind + " of " + taskName, () -> all().stream().anyMatch(wanted));
  }

  @Override
  public void submitted(String taskName) {
    add(Kind.SUBMITTED, taskName, null, null);
  }

  @Override
  public void accepted(String taskName, String taskId) {
    add(Kind.ACCEPTED, taskName, taskId, null);
  }

  @Override
  public void completed(String taskName, String taskId) {
    add(Kind.COMPLETED, taskName, taskId, null);
  }

  @Override
  public void failed(String taskName, @Nullable String taskId, TaskException cause) {
    add(Kind.FAILED, taskName, taskId, cause);
  }

  @Override
  public void lateReply(String taskId) {
    add(Kind.LATE_REPLY, null, taskId, null);
  }

  @Override
  public void started(String taskName, String taskId) {
    add(Kind.STARTED, taskName, taskId, null);
  }

  @Override
  public void finished(String taskName, String taskId) {
    add(Kind.FINISHED, taskName, taskId, null);
  }

  @Override
  public void handlerFailed(String taskName, String taskId, Throwable cause) {
    add(Kind.HANDLER_FAILED, taskName, taskId, cause);
  }

  @Override
  public void leaseLost(String taskName, String taskId) {
    add(Kind.LEASE_LOST, taskName, taskId, null);
  }

  @Override
  public void connected(String host) {
    add(new Event(Kind.CONNECTED, null, null, host, 0, null, Duration.ZERO));
  }

  @Override
  public void disconnected(String host, Throwable cause) {
    add(new Event(Kind.DISCONNECTED, null, null, host, 0, cause, Duration.ZERO));
  }

  @Override
  public void reconnecting(String host, int attempt, Throwable cause, Duration wait) {
    add(new Event(Kind.RECONNECTING, null, null, host, attempt, cause, wait));
  }

  @Override
  public void closed() {
    add(Kind.CLOSED, null, null, null);
  }

  /**
   * Shows the last events.
   *
   * @return one a line, 100 at most
   */
  @Override
  public String toString() {
    List<Event> events = all();
    int from = Math.max(0, events.size() - 100);
    StringBuilder text = new StringBuilder(from == 0 ? "" : from + " earlier events\n");
    for (Event event : events.subList(from, events.size())) {
      text.append(event.kind());
      if (event.taskName() != null || event.taskId() != null) {
        text.append(' ')
            .append(event.taskName())
            .append(" (")
            .append(event.taskId())
            .append(')');
      }
      if (event.host() != null) {
        text.append(' ').append(event.host());
      }
      if (event.attempt() > 0) {
        text.append(" attempt ")
            .append(event.attempt())
            .append(", next in ")
            .append(event.nextIn());
      }
      if (event.cause() != null) {
        text.append(": ").append(event.cause());
      }
      text.append('\n');
    }
    return text.toString();
  }
}
