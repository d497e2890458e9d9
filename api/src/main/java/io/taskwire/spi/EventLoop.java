/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.vertx.core.Closeable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one event loop of a broker's client library (client, worker or admin), and the way onto it from any thread. What one
 * thread hands over runs in the order of its calls; much that comes at once costs one wake-up.
 */
public final class EventLoop {

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  // The internal type, because only it can tell its thread, and make futures that complete on a
  // caller's context.
  private final ContextInternal context;
  private final boolean owned;
  private final Supplier<? extends RuntimeException> whenEnded;

  // Any thread adds, the loop takes all.
  private final ConcurrentLinkedQueue<Step> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();

  // Set before other threads see this, then taken away on the loop.
  private @Nullable Supplier<Future<Void>> ending = Future::succeededFuture;

  /** Of no context: it completes when the loop may have ended. */
  private final Promise<Void> closed = Promise.promise();

  private final Closeable hook = completion -> close().onComplete(completion);

  private EventLoop(Vertx vertx, boolean owned, Supplier<? extends RuntimeException> whenEnded) {
    // The internal type, because it makes a fresh event-loop context wherever it is called.
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.owned = owned;
    this.whenEnded = whenEnded;
  }

  /**
   * Takes a loop of the instance given, which is never closed, or of a new instance with one loop.
   *
   * @param given null to make an instance
   * @param whenEnded makes the exception of what is asked after the loop has ended; called on any thread
   * @return the loop, to be closed
   */
  public static EventLoop of(
      @Nullable Vertx given, Supplier<? extends RuntimeException> whenEnded) {
    return given == null
        ? new EventLoop(OneLoopVertx.create(), true, whenEnded)
        : new EventLoop(given, false, whenEnded);
  }

  /**
   * Gives the context of the loop.
   *
   * @return an event-loop context of its own
   */
  public Context context() {
    return context;
  }

  /**
   * Gives the instance that the loop is of.
   *
   * @return the one given, or the own
   */
  public Vertx vertx() {
    return context.owner();
  }

  /**
   * Tells whether the loop's Vert.x instance is being closed. It closes sockets in no order with what {@link #onClose} asks
   * for.
   *
   * @return true from the beginning of its close
   */
  public boolean isEnding() {
    return context.owner().closeFuture().isClosed();
  }

  /**
   * Tells whether the calling thread is the loop's.
   *
   * @return true on the loop
   */
  public boolean isCurrent() {
    return context.inThread();
  }

  /**
   * Runs an action at once if this is the loop, else soon.
   *
   * @param action runs on the loop
   * @param ended runs in its place, on the calling thread or another, if the loop has ended
   */
  public void run(Runnable action, Runnable ended) {
    if (context.inThread()) {
      action.run();
      return;
    }
    inbox.add(new Step(action, ended));
    wake();
  }

  /**
   * Leaves an action for the loop, to be run after the next {@link #wake}, or sooner; not at all if the loop has ended.
   *
   * @param action runs on the loop, after what this thread has handed over before
   */
  public void leave(Runnable action) {
    inbox.add(new Step(action, () -> {}));
  }

  /** Has the loop run what was left for it. */
  public void wake() {
    if (!inbox.isEmpty() && !woken.get() && woken.compareAndSet(false, true)) {
      try {
        context.runOnContext(turn -> drain());
      } catch (RejectedExecutionException e) {
        woken.set(false); // before taking, as in drain()
        for (Step step = inbox.poll(); step != null; step = inbox.poll()) {
          step.ended.run();
        }
      }
    }
  }

  /**
   * Runs an action at once if this is the loop, else soon; not at all if the loop has ended.
   *
   * @param action runs on the loop
   */
  public void run(Runnable action) {
    run(action, () -> {});
  }

  /**
   * Asks for something on the loop.
   *
   * @param question called on the loop; what it throws the answer fails with
   * @param <T> what is asked for
   * @return the answer, for the calling thread: it completes on the caller's context if there is one, else on this loop
   */
  public <T> Future<T> call(Supplier<Future<T>> question) {
    Promise<T> answer = promise();
    run(
        () -> {
          try {
            question.get().onComplete(answer);
          } catch (RuntimeException e) {
            answer.fail(e);
          }
        },
        () -> answer.tryFail(whenEnded.get()));
    return answer.future();
  }

  /**
   * Makes a promise whose future completes on the caller's context if there is one, else on this loop.
   *
   * @param <T> what is promised
   * @return a promise for the calling thread
   */
  public <T> Promise<T> promise() {
    ContextInternal current = ContextInternal.current();
    if (current != null) {
      return current.promise();
    }
    // Of no context if the loop ends with its owner, or ends now: a loop that has ended runs no
    // listener, and futures are listened to after that.
    return owned || isEnding() ? Promise.promise() : context.promise();
  }

  /**
   * Says what is to be done before the loop ends. To be called once, before anything else.
   *
   * @param last called on the loop, once: at {@link #close}, or when a Vert.x instance that was given is closed. Must not fail
   */
  public void onClose(Supplier<Future<Void>> last) {
    ending = last;
    if (!owned) {
      context.owner().addCloseHook(hook);
    }
  }

  /**
   * Does what is to be done at last, and ends the loop if it is the owner's own. Idempotent, from any thread.
   *
   * @return completes when all is done; does not fail
   */
  public Future<Void> close() {
    run(this::end, () -> closed.tryComplete());
    return closed.future();
  }

  private void end() {
    Supplier<Future<Void>> last = ending;
    ending = null;
    if (last == null) {
      return;
    }
    last.get()
        .transform(done -> {
          if (owned) {
            return context.owner().close();
          }
          context.owner().removeCloseHook(hook);
          return Future.succeededFuture();
        })
        .onComplete(done -> closed.tryComplete());
  }

  /** Closes, and waits for it, unless this is an event loop, which must not wait. Interrupted it returns at once. */
  public void closeAndWait() {
    Future<Void> done = close();
    if (Context.isOnEventLoopThread()) {
      return;
    }
    try {
      done.toCompletionStage().toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("closing does not fail", e);
    }
  }

  private void drain() {
    // Before taking, so that what is added while the last is taken wakes the loop again.
    woken.set(false);
    for (Step step = inbox.poll(); step != null; step = inbox.poll()) {
      try {
        step.action.run();
      } catch (RuntimeException | Error e) {
        LOG.error("A step of a client, worker or admin failed; this is a defect of Taskwire", e);
      }
    }
  }

  private record Step(Runnable action, Runnable ended) {}
}
