/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.consumer;

import io.taskwire.beanstalk.AsyncBatchHandler;
import io.taskwire.beanstalk.BatchHandler;
import io.taskwire.beanstalk.ConsumedJob;
import io.taskwire.spi.EventLoop;
import io.taskwire.spi.HandlerThreads;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls the handler of a consumer, on threads or on the event loop; a single job is a batch of one. */
final class HandlerRuns {

  private static final int ASYNC_CONCURRENCY = 64;

  /** The consumer whose handler the current thread is in, if it is in one. */
  static final ThreadLocal<@Nullable EventLoop> CURRENT = new ThreadLocal<>();

  private final EventLoop loop;
  private final boolean ofBatches;
  private final int concurrency;
  private final @Nullable BatchHandler blocking;
  private final @Nullable AsyncBatchHandler async;
  private final HandlerThreads threads;

  private HandlerRuns(
      EventLoop loop,
      boolean ofBatches,
      int concurrency,
      @Nullable BatchHandler blocking,
      @Nullable AsyncBatchHandler async) {
    this.loop = loop;
    this.ofBatches = ofBatches;
    this.concurrency = concurrency;
    this.blocking = blocking;
    this.async = async;
    this.threads = new HandlerThreads(loop.context(), loop::wake);
  }

  /**
   * Of a blocking handler.
   *
   * @param concurrency 0 for the default
   */
  static HandlerRuns blocking(
      EventLoop loop, boolean ofBatches, int concurrency, BatchHandler handler) {
    int most = concurrency > 0 ? concurrency : Runtime.getRuntime().availableProcessors();
    HandlerRuns runs = new HandlerRuns(loop, ofBatches, most, handler, null);
    runs.threads.resize(most);
    return runs;
  }

  /**
   * Of an asynchronous handler.
   *
   * @param concurrency 0 for the default
   */
  static HandlerRuns async(
      EventLoop loop, boolean ofBatches, int concurrency, AsyncBatchHandler handler) {
    int most = concurrency > 0 ? concurrency : ASYNC_CONCURRENCY;
    return new HandlerRuns(loop, ofBatches, most, null, handler);
  }

  boolean isOfBatches() {
    return ofBatches;
  }

  int concurrency() {
    return concurrency;
  }

  /**
   * Calls the handler.
   *
   * @param done called on the loop, with what it failed with, or null
   */
  void run(List<? extends ConsumedJob> jobs, Consumer<@Nullable Throwable> done) {
    List<ConsumedJob> all = List.copyOf(jobs);
    if (blocking != null) {
      BatchHandler handler = blocking;
      threads.execute(() -> block(handler, all, done));
    } else if (async != null) {
      call(async, all).onComplete(ended -> loop.run(() -> done.accept(ended.cause())));
    }
  }

  private void block(
      BatchHandler handler, List<ConsumedJob> jobs, Consumer<@Nullable Throwable> done) {
    Throwable failure = null;
    CURRENT.set(loop);
    try {
      handler.handle(jobs);
    } catch (Throwable e) { // whatever a handler throws fails its jobs, not the thread
      failure = e;
    } finally {
      CURRENT.remove();
    }
    Throwable cause = failure;
    loop.leave(() -> done.accept(cause));
  }

  private Future<?> call(AsyncBatchHandler handler, List<ConsumedJob> jobs) {
    CURRENT.set(loop);
    try {
      Future<?> result = handler.handle(jobs);
      return result != null
          ? result
          : Future.failedFuture(new NullPointerException(
              "an asynchronous handler returned null in place of a future"));
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return Future.failedFuture(e);
    } finally {
      CURRENT.remove();
    }
  }

  /** Interrupts what still runs. */
  void stop() {
    threads.stop();
  }
}
