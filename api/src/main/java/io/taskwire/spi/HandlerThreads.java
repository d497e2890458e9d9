/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads of blocking handlers: virtual ones where the JDK has them, else a pool that grows on demand up to the sum of
 * the handlers' concurrencies. Made at first use. All methods are called on one thread, the event loop of the owner.
 */
public final class HandlerThreads {

  private static final String NAME = "taskwire-handler-";
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** One of the two is used, once the first handler has run. */
  private @Nullable ExecutorService virtual;

  private @Nullable HandlerPool pool;
  private int most;

  /** Creates none yet. */
  public HandlerThreads() {}

  /**
   * Runs a handler.
   *
   * @param run runs on a thread of its own, at once unless as many run as may
   */
  public void execute(Runnable run) {
    if (virtual == null && pool == null) {
      create();
    }
    if (pool != null) {
      pool.execute(run);
    } else if (virtual != null) {
      virtual.execute(run);
    }
  }

  private void create() {
    virtual = virtualThreads();
    if (virtual == null) {
      pool = new HandlerPool(NAME, Math.max(1, most), IDLE);
    }
  }

  /**
   * Lets more or fewer handlers run at once than before.
   *
   * @param change how many more, negative for fewer
   */
  public void resize(int change) {
    most += change;
    if (pool != null && most > 0) {
      pool.resize(most);
    }
  }

  /** Interrupts what still runs and takes no more. */
  public void stop() {
    if (pool != null) {
      pool.stop();
    }
    if (virtual != null) {
      virtual.shutdownNow();
    }
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
