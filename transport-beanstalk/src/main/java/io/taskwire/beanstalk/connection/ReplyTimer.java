/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.codec.Command;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices a broker that owes an answer and is silent: a stalled one, or a half-open connection. One timer for the whole
 * connection, which looks a few times per limit; confined to the connection's context.
 */
final class ReplyTimer {

  private static final int LOOKS_PER_LIMIT = 8;

  private final Vertx vertx;
  private final long limitNanos;
  private final Runnable silence;
  private final long timerId;

  private long heardAt = System.nanoTime();
  private BeanstalkConnection.@Nullable Waiter oldest;

  ReplyTimer(Vertx vertx, Duration limit, Runnable silence) {
    this.vertx = vertx;
    this.limitNanos = limit.toNanos();
    this.silence = silence;
    long period = Math.max(1, Math.min(1000, limit.toMillis() / LOOKS_PER_LIMIT));
    this.timerId = vertx.setPeriodic(period, id -> look());
  }

  /** The broker gave a sign of life, or begins to owe an answer. */
  void heard() {
    heardAt = System.nanoTime();
  }

  /** Who is to be answered next, if anybody. */
  void oweTo(BeanstalkConnection.@Nullable Waiter next) {
    oldest = next;
  }

  void stop() {
    vertx.cancelTimer(timerId);
  }

  private void look() {
    if (oldest == null) {
      return;
    }
    Command command = oldest.command();
    if (command instanceof Command.Reserve) {
      return;
    }
    long allowed = limitNanos;
    if (command instanceof Command.ReserveWithTimeout reserve) {
      allowed += TimeUnit.SECONDS.toNanos(reserve.seconds());
    }
    if (System.nanoTime() - heardAt > allowed) {
      silence.run();
    }
  }
}
