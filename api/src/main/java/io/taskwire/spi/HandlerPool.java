/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads for handlers that may block, as many as there is work for up to a limit. At most one thread is on its way to work
 * at a time, and wakes the next before it begins if there is more to do: so handlers that block all run at once, while a
 * burst of short ones is done by a thread or two. A pool that wakes a thread for each of them spends more on waking than
 * on working, where a burst is what the event loop read in one turn.
 */
final class HandlerPool {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final String name;
  private final long idleNanos;

  // Guarded by the lock.
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private final Set<Thread> threads = new HashSet<>();
  private int most;
  private int idle;
  private int numbers;
  private boolean waking;
  private boolean stopped;

  /**
   * Makes a pool without threads.
   *
   * @param name what the threads' names begin with
   * @param most how many threads it has at most
   * @param idle how long a thread waits for work before it ends
   */
  HandlerPool(String name, int most, Duration idle) {
    this.name = name;
    this.most = most;
    this.idleNanos = idle.toNanos();
  }

  /**
   * Runs something on a thread of the pool, when one is free.
   *
   * @throws RejectedExecutionException after {@link #stop}
   */
  void execute(Runnable run) {
    lock.lock();
    try {
      if (stopped) {
        throw new RejectedExecutionException("the handlers' threads are stopped");
      }
      waiting.add(run);
      wakeOne();
    } finally {
      lock.unlock();
    }
  }

  /** Changes the limit; threads beyond it end when they are idle. */
  void resize(int threadsAtMost) {
    lock.lock();
    try {
      most = threadsAtMost;
      wakeOne();
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts what runs, forgets what waits, and takes no more. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      waiting.clear();
      threads.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }

  /** How many threads there are. */
  int size() {
    lock.lock();
    try {
      return threads.size();
    } finally {
      lock.unlock();
    }
  }

  private void wakeOne() {
    if (waking || waiting.isEmpty()) {
      return;
    }
    if (idle > 0) {
      waking = true;
      work.signal();
    } else if (threads.size() < most) {
      start();
    }
  }

  private void start() {
    Thread thread = new Thread(this::run, name + numbers++);
    thread.setDaemon(true); // the event loop keeps the JVM alive as long as the queue is open
    thread.start();
    threads.add(thread);
    waking = true;
  }

  private void run() {
    try {
      for (Runnable next = first(); next != null; next = take()) {
        next.run();
      }
    } finally {
      ended();
    }
  }

  private @Nullable Runnable first() {
    lock.lock();
    try {
      waking = false;
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Gives the next to run; null if the thread is to end. */
  private @Nullable Runnable take() {
    lock.lock();
    try {
      while (!stopped) {
        Runnable next = waiting.poll();
        if (next != null) {
          wakeOne();
          return next;
        }
        if (threads.size() > most) {
          break;
        }
        boolean inTime;
        idle++;
        try {
          inTime = work.awaitNanos(idleNanos) > 0;
        } catch (InterruptedException e) {
          inTime = true; // it came too late for the handler that it was meant for, or is stop()
        } finally {
          idle--;
          waking = false;
        }
        if (!inTime && waiting.isEmpty()) {
          break;
        }
      }
      threads.remove(Thread.currentThread());
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Also when a handler threw what nobody caught: another thread takes the place of this one if it is needed. */
  private void ended() {
    lock.lock();
    try {
      threads.remove(Thread.currentThread());
      wakeOne();
    } finally {
      lock.unlock();
    }
  }
}
