/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after something every 0.8 ms while there is need, on a thread of its own. When there is none the
 * thread sleeps, and at last ends.
 */
final class Watch implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private static final String NAME = "taskwire-handler-watch";
  private static final long EVERY_NANOS = TimeUnit.MICROSECONDS.toNanos(800);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final BooleanSupplier look;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();

  // Guarded by the lock.
  private @Nullable Thread thread;
  private boolean needed;
  private boolean stopped;

  /**
   * Makes a watch that sleeps.
   *
   * @param look tells whether to look again; called on the watch's thread
   */
  Watch(BooleanSupplier look) {
    this.look = look;
  }

  /** Begins to look, when the last look said that none is needed. Tells whether it does. */
  boolean begin() {
    lock.lock();
    try {
      if (thread == null) {
        Thread fresh = new Thread(this, NAME);
        fresh.setDaemon(true);
        fresh.start();
        thread = fresh;
      }
      needed = true;
      change.signal();
      return true;
    } catch (OutOfMemoryError e) { // so the JVM says that the system gives no more threads
      LOG.error("No thread can be started that looks after handlers", e);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread; to be called when nothing more begins. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      change.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    while (awaitNeed()) {
      do {
        LockSupport.parkNanos(this, EVERY_NANOS);
      } while (look.getAsBoolean());
    }
  }

  /** Tells whether to look; the thread ends if not. */
  private boolean awaitNeed() {
    lock.lock();
    try {
      for (long rest = IDLE_NANOS; !needed && !stopped && rest > 0; ) {
        rest = change.awaitNanos(rest);
      }
    } catch (InterruptedException e) {
      LOG.debug("The watch of handlers is interrupted, and ends until it is needed again", e);
    }
    try {
      boolean goesOn = needed && !stopped;
      needed = false;
      thread = goesOn ? thread : null;
      return goesOn;
    } finally {
      lock.unlock();
    }
  }
}
