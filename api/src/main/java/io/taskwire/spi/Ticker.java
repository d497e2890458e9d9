/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One timer for all that look after something now and then: it tells them in the same turn of the event loop, because waking
 * up costs more than looking, and rings only as long as somebody takes part. Belongs to the event loop of its context.
 */
public final class Ticker {

  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  // The internal type, because its timers ring on this context, whichever is current when they are
  // set.
  private final ContextInternal context;
  private final Duration period;
  private final Set<Runnable> looks = new LinkedHashSet<>();
  private long timer;

  /**
   * Creates one that does not ring yet.
   *
   * @param context the event loop that everything happens on
   * @param period the time between two looks, in whole milliseconds, at least one
   */
  public Ticker(Context context, Duration period) {
    this.context = (ContextInternal) context;
    this.period = period;
  }

  /**
   * Tells how often it rings.
   *
   * @return the time between two looks
   */
  public Duration period() {
    return period;
  }

  /**
   * Has somebody take part.
   *
   * @param look what to do at each tick, the first time within one period; what it throws is logged and keeps nobody else from
   *     looking
   */
  public void add(Runnable look) {
    if (looks.isEmpty()) {
      timer = context.setPeriodic(Math.max(1, period.toMillis()), id -> tick());
    }
    looks.add(look);
  }

  /**
   * Has somebody take part no more, from now on.
   *
   * @param look what {@link #add} was given; may take no part
   */
  public void remove(Runnable look) {
    if (looks.remove(look) && looks.isEmpty()) {
      context.owner().cancelTimer(timer);
    }
  }

  private void tick() {
    // A look may end others, as when one of several connections is found dead.
    for (Runnable look : List.copyOf(looks)) {
      if (looks.contains(look)) {
        run(look);
      }
    }
  }

  private static void run(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      LOG.error("What looks after something now and then has failed", e);
    }
  }
}
