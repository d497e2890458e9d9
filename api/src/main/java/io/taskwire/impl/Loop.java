/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.QueueClosedException;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.FutureInternal;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue's event loop and the way onto it. Tasks pushed by other threads pile up in an inbox that the loop empties in
 * one turn, so that many submits cost one wake-up.
 */
final class Loop {

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  // The internal type, because only it can tell its thread, and make futures that complete on a
  // caller's context.
  private final ContextInternal context;

  /** A stack, newest first. Any thread pushes, the loop takes all. */
  private final AtomicReference<@Nullable LoopTask> inbox = new AtomicReference<>();

  /** Whether the loop is about to take what is in the inbox. Who leaves something sets it, the loop takes it back. */
  private final AtomicBoolean woken = new AtomicBoolean();

  private static final Handler<Throwable> THROWN =
      e -> LOG.error("A callback on a future of the queue failed", e);

  private final Handler<Void> drain = ignored -> drain();

  private final boolean endsWithQueue;

  /**
   * Creates the way onto a loop.
   *
   * @param endsWithQueue whether the loop's Vert.x is the queue's own
   */
  Loop(ContextInternal context, boolean endsWithQueue) {
    this.context = context;
    this.endsWithQueue = endsWithQueue;
  }

  ContextInternal context() {
    return context;
  }

  /** Runs a task at once if this is the loop, else soon; tasks of one thread run in the order of their calls. */
  void execute(LoopTask task) {
    if (context.inThread()) {
      task.runOnLoop();
      return;
    }
    leave(task);
    wake();
  }

  /** Leaves a task for the loop, to be run after the next {@link #wake}, or sooner; after what this thread left before. */
  void leave(LoopTask task) {
    LoopTask newest;
    do {
      newest = inbox.get();
      task.next = newest;
    } while (!inbox.compareAndSet(newest, task));
  }

  /** Has the loop run what was left for it. Any thread. */
  void wake() {
    if (inbox.get() != null && !woken.get() && woken.compareAndSet(false, true)) {
      try {
        context.runOnContext(drain);
      } catch (RejectedExecutionException e) {
        woken.set(false);
        endAll();
      }
    }
  }

  /** Runs a task at once if this is the loop, else soon. For what is rare: it allocates. */
  void run(Runnable action) {
    execute(new LoopTask() {
      @Override
      void runOnLoop() {
        action.run();
      }
    });
  }

  /** Runs an action that sees to an answer, which fails if the loop has ended and can do nothing any more. */
  void run(Promise<?> answer, Runnable action) {
    execute(new LoopTask() {
      @Override
      void runOnLoop() {
        action.run();
      }

      @Override
      void loopEnded() {
        answer.tryFail(new QueueClosedException("the queue is closed", null, null, true, null));
      }
    });
  }

  /**
   * A promise for a caller: its future completes on the caller's context if it has one, else on this loop. So what a
   * callback throws goes to its context's exception handler, and never through the queue.
   */
  <T> Promise<T> promise() {
    ContextInternal current = ContextInternal.current();
    return current == null ? ownPromise() : current.promise();
  }

  /**
   * A promise whose future completes on this loop. If the loop ends with the queue it belongs to no context: a loop that
   * has ended runs no listener, and futures must still be listened to after the queue is closed.
   */
  <T> Promise<T> ownPromise() {
    return endsWithQueue ? Promise.promise() : context.promise();
  }

  /** Logs what callbacks of context-less futures throw on this loop, which Vert.x else drops. */
  void watchCallbacks() {
    run(() -> FutureInternal.exceptionHandler(Thread.currentThread(), THROWN));
  }

  /** Takes {@link #watchCallbacks} back; on the loop. */
  void unwatchCallbacks() {
    FutureInternal.exceptionHandler(Thread.currentThread(), null);
  }

  private void drain() {
    // Before taking, so that what is left after that wakes the loop again.
    woken.set(false);
    LoopTask task = inOrder(inbox.getAndSet(null));
    while (task != null) {
      LoopTask next = task.next;
      task.next = null;
      try {
        task.runOnLoop();
      } catch (RuntimeException | Error e) {
        LOG.error("A step of the queue failed; this is a defect of Taskwire or of a transport", e);
      }
      task = next;
    }
  }

  private void endAll() {
    LoopTask task = inOrder(inbox.getAndSet(null));
    while (task != null) {
      LoopTask next = task.next;
      task.next = null;
      task.loopEnded();
      task = next;
    }
  }

  private static @Nullable LoopTask inOrder(@Nullable LoopTask newest) {
    LoopTask oldest = null;
    LoopTask task = newest;
    while (task != null) {
      LoopTask older = task.next;
      task.next = oldest;
      oldest = task;
      task = older;
    }
    return oldest;
  }
}
