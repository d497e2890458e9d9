/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.JobRefusedException;
import io.taskwire.gearman.JobRefusedException.Reason;
import io.taskwire.gearman.JobState;
import io.taskwire.gearman.ServerSelection;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.ServerLink;
import io.taskwire.gearman.connection.ServerLinks;
import io.taskwire.spi.Schedule;
import io.taskwire.spi.TimeLimit;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one client: those that wait for their turn, in order, and how many are sent, unanswered and waited for. All
 * within the limits of its options.
 */
final class Submissions {

  private final GearmanOptions options;
  private final ServerLinks links;
  private final Payloads payloads;
  private final ArrayDeque<ClientJob> pending = new ArrayDeque<>();
  private final TimeLimit<ClientJob> untilAccepted;
  private final TimeLimit<ClientJob> untilEnded;

  /** For jobs that have a limit of their own. */
  private final Schedule ownLimits;

  private final Map<ClientJob, Schedule.Entry> ownLimitOf = new HashMap<>();

  private int inFlight;
  private int awaited;
  private boolean dispatching;
  private boolean closed;

  Submissions(GearmanOptions options, ServerLinks links) {
    this.options = options;
    this.links = links;
    this.payloads = new Payloads(options.serializer());
    Vertx vertx = links.loop().vertx();
    ownLimits = new Schedule(vertx);
    untilAccepted = new TimeLimit<>(vertx, options.requestTimeout(), this::notAccepted);
    untilEnded = new TimeLimit<>(
        vertx, options.resultTimeout(), job -> job.expired(options.resultTimeout()));
  }

  Payloads payloads() {
    return payloads;
  }

  /** Whether the client is closed, or is about to be with its Vert.x instance. */
  boolean isClosed() {
    return closed || links.loop().isEnding();
  }

  void submit(ClientJob job) {
    if (closed) {
      job.end(JobState.REFUSED, new GearmanClosedException("the client is closed", null));
      return;
    }
    if (!job.request().isBackground()) {
      if (awaited >= options.maxAwaiting()) {
        refuseFull(job, "maxAwaiting=" + options.maxAwaiting() + " jobs are waited for");
        return;
      }
      awaited++;
      job.setCounted(true);
    }
    untilAccepted.begin(job);
    pending.add(job);
    dispatch();
    if (pending.size() > options.maxPending() && pending.peekLast() == job) {
      pending.removeLast();
      refuseFull(
          job,
          "maxPending=" + options.maxPending() + " jobs wait for their turn behind maxInFlight="
              + options.maxInFlight() + " unanswered ones");
    }
  }

  private static void refuseFull(ClientJob job, String why) {
    job.end(
        JobState.REFUSED,
        new JobRefusedException(
            Reason.CLIENT_FULL,
            job.request() + " is refused by the client: " + why
                + "; submit it again when some have ended, or raise the limit",
            null));
  }

  /** Puts a job that was sent, or should have been, at the end of the row. */
  void again(ClientJob job) {
    forgetEnd(job);
    if (isClosed()) {
      job.end(
          JobState.REFUSED,
          new GearmanClosedException("the client was closed before the job was sent", null));
      return;
    }
    untilAccepted.begin(job);
    pending.add(job);
    // Not from inside the connection that is just being taken down.
    links.loop().context().runOnContext(turn -> dispatch());
  }

  /** One that was sent is answered, or never will be. */
  void answered() {
    inFlight--;
    if (!pending.isEmpty() && !dispatching) {
      links.loop().context().runOnContext(turn -> dispatch());
    }
  }

  void accepted(ClientJob job) {
    untilAccepted.end(job);
    if (job.request().isBackground()) {
      return;
    }
    Duration own = job.request().timeout();
    if (own == null) {
      untilEnded.begin(job);
    } else {
      ownLimitOf.put(job, ownLimits.after(own, () -> {
        ownLimitOf.remove(job);
        job.expired(own);
      }));
    }
  }

  void ended(ClientJob job) {
    untilAccepted.end(job);
    forgetEnd(job);
    if (job.isCounted()) {
      job.setCounted(false);
      awaited--;
    }
  }

  private void forgetEnd(ClientJob job) {
    untilEnded.end(job);
    Schedule.Entry own = ownLimitOf.remove(job);
    if (own != null) {
      ownLimits.remove(own);
    }
  }

  /** Sends what can be sent now. */
  void dispatch() {
    if (dispatching) {
      return;
    }
    dispatching = true;
    for (ClientJob job = pending.peek(); job != null; job = pending.peek()) {
      if (!job.hasEnded()) {
        GearmanConnection connection = inFlight < options.maxInFlight() ? choose(job) : null;
        if (connection == null) {
          break;
        }
        inFlight++;
        job.send(connection);
      }
      pending.remove();
    }
    dispatching = false;
    if (!pending.isEmpty() && links.isHopeless()) {
      for (ClientJob job = pending.poll(); job != null; job = pending.poll()) {
        job.end(JobState.REFUSED, NoServers.of(links, Duration.ZERO));
      }
    }
  }

  /** The connection for a job; null if none can take it now. */
  private @Nullable GearmanConnection choose(ClientJob job) {
    String key =
        options.selection() == ServerSelection.BY_UNIQUE ? job.packet().meetingKey() : null;
    if (key != null) {
      return writable(links.forKey(key));
    }
    for (int tried = 0; tried < links.all().size(); tried++) {
      GearmanConnection connection = writable(links.next());
      if (connection != null) {
        return connection;
      }
    }
    return null;
  }

  private static @Nullable GearmanConnection writable(@Nullable ServerLink link) {
    GearmanConnection connection = link == null ? null : link.connection();
    return connection != null && connection.isWritable() ? connection : null;
  }

  private void notAccepted(ClientJob job) {
    Duration limit = options.requestTimeout();
    if (job.attempt() != null) {
      job.notAcknowledged(limit);
    } else {
      job.end(JobState.REFUSED, notSent(job, limit));
    }
    dispatch();
  }

  private GearmanException notSent(ClientJob job, Duration limit) {
    return links.connected().isEmpty()
        ? NoServers.of(links, limit)
        : new GearmanTimeoutException(
            job.request() + " was not sent within " + limit.toMillis()
                + " ms: too many jobs are before it, or the server takes no more; it will not run",
            null);
  }

  /** Refuses what was not sent. What was sent ends with its connection. */
  void close() {
    closed = true;
    for (ClientJob job = pending.poll(); job != null; job = pending.poll()) {
      job.end(
          JobState.REFUSED,
          new GearmanClosedException("the client was closed before the job was sent", null));
    }
  }

  /** Ends all timers; nothing is waited for any more. */
  void free() {
    untilAccepted.close();
    untilEnded.close();
    ownLimits.close();
    ownLimitOf.clear();
  }
}
