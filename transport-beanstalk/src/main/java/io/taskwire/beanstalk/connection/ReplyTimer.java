/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.codec.Command;
import io.taskwire.spi.Ticker;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices a broker that owes an answer and is silent: a stalled one, or a half-open connection. It looks a few times per limit,
 * as long as an answer is owed; confined to the connection's context.
 */
final class ReplyTimer {

  private static final int LOOKS_PER_LIMIT = 8;
  private static final long LONGEST_PERIOD_MILLIS = 1000;

  private final Ticker ticker;
  private final long limitNanos;
  private final Runnable silence;
  private final Runnable look = this::look;

  private long heardAt = System.nanoTime();
  private BeanstalkConnection.@Nullable Waiter oldest;
  private boolean looking;

  /** @param ticker one {@link #ticker} for all connections of the same limit */
  ReplyTimer(Ticker ticker, Duration limit, Runnable silence) {
    this.ticker = ticker;
    this.limitNanos = limit.toNanos();
    this.silence = silence;
  }

  /** Ticks as often as a limit has to be looked after. */
  static Ticker ticker(Context context, Duration limit) {
    long period = Math.max(1, Math.min(LONGEST_PERIOD_MILLIS, limit.toMillis() / LOOKS_PER_LIMIT));
    return new Ticker(context, Duration.ofMillis(period));
  }

  /** The broker gave a sign of life, or begins to owe an answer. */
  void heard() {
    heardAt = System.nanoTime();
  }

  /** Who is to be answered next, if anybody. */
  void oweTo(BeanstalkConnection.@Nullable Waiter next) {
    oldest = next;
    if (!looking && next != null) {
      looking = true;
      ticker.add(look);
    }
  }

  void stop() {
    looking = false;
    ticker.remove(look);
  }

  private void look() {
    if (oldest == null) {
      // Only now, and not with each answer: the next command is likely to come soon.
      stop();
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
