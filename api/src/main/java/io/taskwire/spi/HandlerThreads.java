/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.Context;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of blocking handlers: virtual ones where the JDK has them, else a pool that grows on demand up to the sum of
 * the handlers' concurrencies. Made at first use. All methods are called on one thread, the event loop of the owner.
 *
 * <p>Handlers that took some microseconds of late are run one after the other by one thread, and their results are handed
 * over together. None waits for a slow one for that: when a handler takes longer, what waits behind it begins on other
 * threads, and the results before it are handed over, within about a millisecond.
 */
public final class HandlerThreads {

  private static final String NAME = "taskwire-handler-";
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Context loop;
  private final Runnable handOver;

  /** What is to run and came in this turn of the loop: together they cost one waking. */
  private final List<Runnable> ofThisTurn = new ArrayList<>();

  private @Nullable HandlerPool pool;
  private boolean virtual;
  private boolean stopped;
  private int most;

  /**
   * Creates no thread yet.
   *
   * @param loop the owner's
   * @param handOver called on any thread after one or several handlers have run; may wake the loop to fetch what
   *     they left
   */
  public HandlerThreads(Context loop, Runnable handOver) {
    this.loop = loop;
    this.handOver = handOver;
  }

  /**
   * Runs a handler, soon after this turn of the loop.
   *
   * @param run runs on a thread on which nothing else runs meanwhile, unless as many run as may
   * @throws RejectedExecutionException after {@link #stop}
   */
  public void execute(Runnable run) {
    if (stopped) {
      throw new RejectedExecutionException("the handlers' threads are stopped");
    }
    ofThisTurn.add(run);
    if (ofThisTurn.size() == 1) {
      loop.runOnContext(end -> endTurn());
    }
  }

  private void endTurn() {
    if (!ofThisTurn.isEmpty()) {
      pool().execute(ofThisTurn);
      ofThisTurn.clear();
    }
  }

  private HandlerPool pool() {
    if (pool == null) {
      ThreadFactory virtualThreads = virtualThreads();
      virtual = virtualThreads != null;
      pool = virtualThreads != null
          ? new HandlerPool(virtualThreads, Integer.MAX_VALUE, Duration.ZERO, handOver)
          : new HandlerPool(platformThreads(), Math.max(1, most), IDLE, handOver);
    }
    return pool;
  }

  /**
   * Lets more or fewer handlers run at once than before.
   *
   * @param change how many more, negative for fewer
   */
  public void resize(int change) {
    most += change;
    if (pool != null && !virtual && most > 0) {
      pool.resize(most);
    }
  }

  /** Interrupts what still runs, forgets what has not begun, and takes no more. */
  public void stop() {
    stopped = true;
    ofThisTurn.clear();
    if (pool != null) {
      pool.stop();
    }
  }

  private static ThreadFactory platformThreads() {
    AtomicInteger numbers = new AtomicInteger(); // threads start one another
    return run -> {
      Thread thread = new Thread(run, NAME + numbers.getAndIncrement());
      thread.setDaemon(true); // the event loop keeps the JVM alive as long as the queue is open
      return thread;
    };
  }

  /** By reflection, because the JDK that this is compiled for has none. */
  private static @Nullable ThreadFactory virtualThreads() {
    try {
      Class<?> builderType = Class.forName("java.lang.Thread$Builder");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      builder = builderType.getMethod("name", String.class, long.class).invoke(builder, NAME, 0L);
      return (ThreadFactory) builderType.getMethod("factory").invoke(builder);
    } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
      return null; // a JDK before 21
    } catch (InvocationTargetException e) {
      return null; // JDK 19 and 20 have them as a preview, which throws
    }
  }
}
