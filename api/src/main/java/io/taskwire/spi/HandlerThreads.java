/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of blocking handlers: virtual ones where the JDK has them, else a pool that grows on demand up to the sum of
 * the handlers' concurrencies. Made at first use. All methods are called on one thread, the event loop of the owner.
 */
public final class HandlerThreads {

  private static final String NAME = "taskwire-handler-";
  private static final long IDLE_SECONDS = 10;

  private @Nullable ExecutorService executor;
  private int most;

  /** Creates none yet. */
  public HandlerThreads() {}

  /**
   * Runs a handler.
   *
   * @param run runs on a thread of its own, at once unless as many run as may
   */
  public void execute(Runnable run) {
    if (executor == null) {
      executor = create(Math.max(1, most));
    }
    executor.execute(run);
  }

  /**
   * Lets more or fewer handlers run at once than before.
   *
   * @param change how many more, negative for fewer
   */
  public void resize(int change) {
    most += change;
    if (executor instanceof ThreadPoolExecutor pool && most > 0) {
      if (most > pool.getCorePoolSize()) {
        pool.setMaximumPoolSize(most);
        pool.setCorePoolSize(most);
      } else {
        pool.setCorePoolSize(most);
        pool.setMaximumPoolSize(most);
      }
    }
  }

  /** Interrupts what still runs and takes no more. */
  public void stop() {
    if (executor != null) {
      executor.shutdownNow();
    }
  }

  private static ExecutorService create(int most) {
    ExecutorService virtual = virtualThreads();
    if (virtual != null) {
      return virtual;
    }
    AtomicInteger number =
        new AtomicInteger(); // threads are made by the loop and by threads that replace one that
    // died
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
          Thread thread = new Thread(task, NAME + number.getAndIncrement());
          thread.setDaemon(true); // the event loop keeps the JVM alive as long as the queue is open
          return thread;
        });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** By reflection, because the JDK that this is compiled for has none. */
  private static @Nullable ExecutorService virtualThreads() {
    try {
      Class<?> builderType = Class.forName("java.lang.Thread$Builder");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      builder = builderType.getMethod("name", String.class, long.class).invoke(builder, NAME, 0L);
      ThreadFactory factory = (ThreadFactory) builderType.getMethod("factory").invoke(builder);
      Method perTask = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
      return (ExecutorService) perTask.invoke(null, factory);
    } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
      return null; // a JDK before 21
    } catch (InvocationTargetException e) {
      return null; // JDK 19 and 20 have them as a preview, which throws
    }
  }
}
