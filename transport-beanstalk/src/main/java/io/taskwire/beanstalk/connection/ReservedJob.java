/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.JobStats;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A job that a {@link ReserveLoop} holds, from its reserve to the command that ends it, or to the loss of its lease.
 *
 * <p>A lost job keeps its slot until {@link #free()}: its handler may still be at work.
 */
public final class ReservedJob {

  private final ReserveLoop loop;
  private final WorkerConnection connection;
  private final long id;
  private final Buffer body;
  private final long length;
  private final long reservedAt = System.nanoTime();

  private long leasedAt = reservedAt;
  private @Nullable Future<JobStats> asked;
  private @Nullable JobStats stats;

  /** A touch is on its way: an answer that does not come must not look like a renewal. */
  private boolean touching;

  private boolean hasSlot;
  private boolean ended;
  private @Nullable Throwable lost;
  private Settled lostAs = Settled.LEASE_LOST;
  private @Nullable Handler<Throwable> onLost;

  ReservedJob(ReserveLoop loop, WorkerConnection connection, long id, Buffer body, long length) {
    this.loop = loop;
    this.connection = connection;
    this.id = id;
    this.body = body;
    this.length = length;
  }

  public long id() {
    return id;
  }

  /** The body as it came; of an oversized one only its first bytes. */
  public Buffer body() {
    return body;
  }

  long length() {
    return length;
  }

  /** When it was reserved, as {@link System#nanoTime} counts. */
  public long reservedAt() {
    return reservedAt;
  }

  /** What {@link #stats()} has answered; null if nobody has asked. */
  public @Nullable JobStats knownStats() {
    return stats;
  }

  /** Why the job is no longer this connection's; null if it is, or was until it was ended. */
  public @Nullable Throwable lost() {
    return lost;
  }

  /** In which way it is lost, if it is. */
  public Settled lostAs() {
    return lostAs;
  }

  /** Whom to tell when the lease is lost, at once if it is already; null for nobody any more. */
  public void onLost(@Nullable Handler<Throwable> handler) {
    if (lost != null && handler != null) {
      handler.handle(lost);
    } else {
      onLost = handler;
    }
  }

  /**
   * What the broker knows of the job, asked once.
   *
   * @return fails if the job is lost, or its connection
   */
  public Future<JobStats> stats() {
    Future<JobStats> before = asked;
    if (before != null) {
      return before;
    }
    Future<JobStats> answer = connection.send(new Command.StatsJob(id)).compose(this::understand);
    asked = answer;
    return answer;
  }

  private Future<JobStats> understand(Reply reply) {
    if (!(reply instanceof Reply.Ok ok)) {
      loseToBroker();
    } else {
      stats = JobStats.of(ok.body());
    }
    if (lost != null) {
      return Future.failedFuture(lost);
    }
    return Future.succeededFuture(stats);
  }

  /** The connection that holds this job, to put others on. */
  public PutConnection puts() {
    return connection.puts();
  }

  /** Sends a command on the connection that holds this one. */
  public Future<Reply> send(Command command) {
    return connection.send(command);
  }

  /**
   * Sends the command that ends the job: delete, release or bury. Its slot is free then.
   *
   * @return what has become of it; does not fail
   */
  public Future<Settled> end(Command command) {
    Future<Settled> settled = settle(command);
    free();
    return settled;
  }

  /**
   * Does the same while a handler is still at work: the slot is taken until {@link #free()}.
   *
   * @return what has become of it; does not fail
   */
  public Future<Settled> settle(Command command) {
    if (lost != null) {
      return Future.succeededFuture(lostAs);
    }
    ended = true;
    return connection.end(this, command).transform((reply, cause) -> {
      loop.answered();
      if (cause != null) {
        return Future.succeededFuture(Settled.CONNECTION_LOST);
      }
      return Future.succeededFuture(
          reply instanceof Reply.NotFound ? Settled.LEASE_LOST : Settled.DONE);
    });
  }

  /**
   * Releases the job with the priority it has.
   *
   * @param delaySeconds how long it is kept from being reserved
   */
  public Future<Settled> release(long delaySeconds) {
    return endKnowing(now -> new Command.Release(id, now.priority(), delaySeconds));
  }

  /**
   * Sends the command that ends the job and has to repeat what the broker knows of it, such as its priority.
   *
   * @return what has become of it; does not fail
   */
  public Future<Settled> endKnowing(Function<JobStats, Command> command) {
    return stats().transform((now, cause) -> {
      if (now != null) {
        return end(command.apply(now));
      }
      free();
      return Future.succeededFuture(lost == null ? Settled.CONNECTION_LOST : lostAs);
    });
  }

  /** Nobody works on it any more. */
  public void free() {
    if (hasSlot) {
      hasSlot = false;
      loop.freed();
    }
  }

  boolean isOf(ReserveLoop which) {
    return loop == which;
  }

  /** It has a slot, and goes to its receiver. */
  void begin() {
    hasSlot = true;
    loop.begin(this);
  }

  /** Renews the lease where it is time; learns first how long it is, since each job has its own. */
  void keep(long now) {
    if (lost != null || ended) {
      return;
    }
    if (stats == null) {
      if (asked == null) {
        stats().onSuccess(known -> keep(System.nanoTime()));
      }
      return;
    }
    long ttr = stats.timeToRun().toNanos();
    long second = TimeUnit.SECONDS.toNanos(1);
    long age = now - leasedAt;
    if (age > (ttr > 2 * second ? ttr - second : ttr)) {
      // Given back for the case that the broker has not yet taken it away.
      Future<Reply> unused = connection.send(new Command.Release(id, stats.priority(), 0));
      lose(
          new LeaseLostException("this process could not renew the lease of job " + id
              + " within its time to run of " + stats.timeToRun().toSeconds() + " s"),
          Settled.LEASE_LOST);
    } else if (age >= ttr / 3 && !touching && loop.keepsLeases()) {
      Future<Reply> unused = touch();
    }
  }

  /** Renews the lease now; it runs from when this was sent, if the broker answers that it has it. */
  public Future<Reply> touch() {
    long sentAt = System.nanoTime();
    touching = true;
    return connection.send(new Command.Touch(id)).onComplete((reply, cause) -> {
      touching = false;
      if (reply instanceof Reply.Touched) {
        leasedAt = sentAt;
      } else if (reply instanceof Reply.NotFound) {
        loseToBroker();
      }
    });
  }

  /** The broker has taken the job away. */
  void loseToBroker() {
    lose(
        new LeaseLostException(
            "the broker has taken job " + id + " away, its time to run was over"),
        Settled.LEASE_LOST);
  }

  /** The job is no longer this connection's. */
  void lose(Throwable cause, Settled as) {
    if (lost != null || ended) {
      return;
    }
    lost = cause;
    lostAs = as;
    connection.letGo(this);
    Handler<Throwable> handler = onLost;
    onLost = null;
    if (handler != null) {
      handler.handle(cause);
    }
    loop.letGo(this);
  }
}
