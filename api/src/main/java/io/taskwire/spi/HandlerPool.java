/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for handlers that may block. Waking a thread costs more than a short handler takes, so how many are woken depends
 * on how long handlers took of late:
 *
 * <ul>
 *   <li>Short ones are run one after the other by a thread that is awake, and their results are handed over together when
 *       nothing waits any more. A {@link Watch} looks after them: when one turns out to be long after all, what waits
 *       behind it gets other threads, and the results before it are handed over, within two looks.
 *   <li>Long ones run at once, each on a thread of its own: a thread that takes one wakes the next before it begins, if more
 *       waits. Their results are handed over one by one.
 * </ul>
 */
final class HandlerPool {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerPool.class);

  /** A handler that takes longer is long: to be worth a thread of its own it must take longer than waking one. */
  private static final long LONG_NANOS = 20_000;

  /** The most that a single handler counts for, so that an interruption of a short one makes it no long one. */
  private static final long COUNTED_NANOS = 5 * LONG_NANOS;

  private final ReentrantLock lock = new ReentrantLock();
  private final ThreadFactory factory;
  private final long idleNanos;
  private final Runnable handOver;
  private final Watch watch;

  // Guarded by the lock.
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private final Set<Worker> workers = new HashSet<>();

  /** The parked ones, of which the last is woken first: so those that are not needed end. */
  private final ArrayDeque<Worker> idle = new ArrayDeque<>();

  private int most;
  private boolean stopped;

  /** How many workers are about to look for something to run. */
  private int coming;

  /** How many run something, and are expected back soon. */
  private int busy;

  /** Grows when nobody who is busy is expected back soon any more. */
  private int generation;

  /** Whether a result waits for being handed over. */
  private boolean left;

  /** How long handlers took of late, a moving average; at first they count as long. */
  private long lengthNanos = COUNTED_NANOS;

  private long lastTakenNanos;

  // Both count from the beginning and may overflow.
  private int taken;
  private int addedAtLastLook;

  private boolean watched;

  /**
   * Makes a pool without threads.
   *
   * @param factory makes the threads
   * @param most how many threads it has at most
   * @param idle how long a thread waits for work before it ends
   * @param handOver called on a thread of the pool when results of what ran are to be fetched, those of several at once
   */
  HandlerPool(ThreadFactory factory, int most, Duration idle, Runnable handOver) {
    this.factory = factory;
    this.most = most;
    this.idleNanos = idle.toNanos();
    this.handOver = handOver;
    this.watch = new Watch(this::look);
  }

  /**
   * Runs each of these on a thread of the pool, when one is free.
   *
   * @throws RejectedExecutionException after {@link #stop}
   */
  void execute(Collection<? extends Runnable> runs) {
    Worker called;
    lock.lock();
    try {
      if (stopped) {
        throw new RejectedExecutionException("the handlers' threads are stopped");
      }
      waiting.addAll(runs);
      called = callIfNeeded();
    } finally {
      lock.unlock();
    }
    wake(called);
  }

  /** Changes the limit; threads beyond it end when they are idle. */
  void resize(int threadsAtMost) {
    Worker called;
    lock.lock();
    try {
      most = threadsAtMost;
      called = callIfNeeded();
    } finally {
      lock.unlock();
    }
    wake(called);
  }

  /** Interrupts what runs, forgets what waits, and takes no more. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      waiting.clear();
      workers.forEach(worker -> worker.thread.interrupt());
    } finally {
      lock.unlock();
    }
    watch.stop();
  }

  /** How many threads there are. */
  int size() {
    lock.lock();
    try {
      return workers.size();
    } finally {
      lock.unlock();
    }
  }

  /** Gives the worker to wake for what waits; null if it needs none, or must wait for one. */
  private @Nullable Worker callIfNeeded() {
    if (waiting.isEmpty() || coming > 0) {
      return null;
    }
    if (busy > 0 && areShort() && beWatched()) {
      return null;
    }
    Worker next = idle.pollLast();
    if (next == null) {
      if (workers.size() >= most) {
        return null;
      }
      next = new Worker();
      workers.add(next);
    }
    next.called = true;
    coming++;
    return next;
  }

  private boolean areShort() {
    return lengthNanos <= LONG_NANOS;
  }

  /** Has the watch look, unless it does. Tells whether it does now: a thread for it may not be had. */
  private boolean beWatched() {
    watched = watched || watch.begin();
    return watched;
  }

  /** Without the lock, which who is woken wants at once. */
  private void wake(@Nullable Worker called) {
    if (called == null) {
      return;
    }
    if (called.started) {
      LockSupport.unpark(called.thread);
      return;
    }
    called.started = true;
    try {
      called.thread.start();
    } catch (OutOfMemoryError e) { // so the JVM says that the system gives no more threads
      LOG.error("A thread for handlers cannot be started; what waits has to wait for another", e);
      lock.lock();
      try {
        coming--;
        workers.remove(called);
      } finally {
        lock.unlock();
      }
    }
  }

  /** On the watch's thread. Tells whether to look again. */
  private boolean look() {
    boolean fetch;
    boolean again;
    Worker called = null;
    lock.lock();
    try {
      int added = taken + waiting.size();
      again = added != addedAtLastLook || left;
      if (!waiting.isEmpty()) {
        boolean late =
            taken - addedAtLastLook < 0 || System.nanoTime() - lastTakenNanos > COUNTED_NANOS;
        if (late && coming == 0) {
          generation++;
          busy = 0;
          lengthNanos = COUNTED_NANOS; // so that all who are called from now on call another
          called = callIfNeeded();
        }
        again |= coming > 0 || !late; // else there are no more threads, and nothing to be done
      }
      addedAtLastLook = added;
      fetch = left;
      left = false;
      watched = again;
    } finally {
      lock.unlock();
    }
    if (fetch) {
      handOver.run();
    }
    wake(called);
    return again;
  }

  /** A thread and what the pool knows of it. */
  private final class Worker implements Runnable {

    final Thread thread = factory.newThread(this);

    /** Touched by those only who call it, one at a time. */
    boolean started;

    // Guarded by the lock.
    boolean called;
    private boolean running;
    private int begunIn;

    /** Of its own thread. */
    private long begunNanos;

    @Override
    public void run() {
      try {
        for (Runnable next = find(); next != null; next = next()) {
          next.run();
        }
      } finally {
        ended();
      }
    }

    /** Gives what to run after the last has returned; null if the thread is to end. */
    private @Nullable Runnable next() {
      long now = System.nanoTime();
      lock.lock();
      try {
        returned();
        lengthNanos += (Math.min(now - begunNanos, COUNTED_NANOS) - lengthNanos) / 8;
        left = !waiting.isEmpty() && areShort() && beWatched();
        if (left) {
          return take(now);
        }
        coming++;
      } finally {
        lock.unlock();
      }
      handOver.run();
      return find();
    }

    /** Gives what to run, once there is something; null if the thread is to end. Was counted as coming before. */
    private @Nullable Runnable find() {
      Runnable found = null;
      Worker another = null;
      lock.lock();
      try {
        coming--;
        boolean stays = true;
        while (waiting.isEmpty() && stays) {
          stays = awaitCall();
        }
        if (waiting.isEmpty()) {
          workers.remove(this);
        } else {
          found = take(System.nanoTime());
          another = callIfNeeded();
        }
      } finally {
        lock.unlock();
      }
      wake(another);
      return found;
    }

    /** Waits with the lock given back. Tells whether it was called, and not in vain for so long that it is to end. */
    private boolean awaitCall() {
      if (stopped || workers.size() > most || idleNanos == 0) {
        return false;
      }
      called = false;
      idle.addLast(this);
      long until = System.nanoTime() + idleNanos;
      for (long rest = idleNanos;
          rest > 0 && !called && !stopped;
          rest = until - System.nanoTime()) {
        lock.unlock();
        try {
          LockSupport.parkNanos(this, rest);
          // It came too late for the handler that it was meant for, or is stop().
          Thread.interrupted();
        } finally {
          lock.lock();
        }
      }
      if (!called) {
        idle.remove(this);
        return false;
      }
      coming--;
      return true;
    }

    private Runnable take(long now) {
      busy++;
      taken++;
      running = true;
      begunIn = generation;
      begunNanos = now;
      lastTakenNanos = now;
      return waiting.remove();
    }

    private void returned() {
      running = false;
      if (begunIn == generation) {
        busy--;
      }
    }

    /** If what ran threw what nobody caught, another thread takes the place of this one where it is needed. */
    private void ended() {
      Worker another;
      lock.lock();
      try {
        if (!running) {
          return;
        }
        returned();
        workers.remove(this);
        left = false;
        another = callIfNeeded();
      } finally {
        lock.unlock();
      }
      handOver.run();
      wake(another);
    }
  }
}
