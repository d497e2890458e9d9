/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.consumer;

import io.taskwire.beanstalk.AsyncBatchHandler;
import io.taskwire.beanstalk.AsyncJobHandler;
import io.taskwire.beanstalk.BatchHandler;
import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkConsumer;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.BeanstalkServerStatus;
import io.taskwire.beanstalk.ConsumerOptions;
import io.taskwire.beanstalk.JobHandler;
import io.taskwire.beanstalk.connection.BeanstalkConnector;
import io.taskwire.beanstalk.connection.JobSlots;
import io.taskwire.beanstalk.connection.ServerLink;
import io.taskwire.beanstalk.connection.ServerLinks;
import io.taskwire.beanstalk.connection.ServerUser;
import io.taskwire.beanstalk.connection.TimeLimit;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The consumer: the way onto the event loop for what users call, and back for the jobs that servers give. */
public final class OpenConsumer implements BeanstalkConsumer, ServerUser<HostLoops> {

  private final EventLoop loop;
  private final BeanstalkOptions options;
  private final ConsumerOptions consumer;
  private final BeanstalkConnector connector;
  private final ServerLinks<HostLoops> links;

  // Any thread gives the handler, the first counts.
  private final AtomicBoolean handled = new AtomicBoolean();

  private @Nullable HandlerRuns runs;
  private @Nullable Jobs jobs;
  private @Nullable JobSlots slots;
  private boolean paused;
  private boolean ending;

  private OpenConsumer(EventLoop loop, BeanstalkOptions options, ConsumerOptions consumer) {
    this.loop = loop;
    this.options = options;
    this.consumer = consumer;
    connector = new BeanstalkConnector(loop.context(), options);
    links = new ServerLinks<>(loop, options, this);
  }

  /**
   * Opens a consumer.
   *
   * @param vertx the caller's instance, null to make one
   * @param options servers and limits
   * @param consumer the tubes, and how their jobs are handled
   */
  public static OpenConsumer open(
      @Nullable Vertx vertx, BeanstalkOptions options, ConsumerOptions consumer) {
    if (consumer.groups().isEmpty()) {
      throw new IllegalArgumentException(
          "a consumer watches at least one tube: name it in ConsumerOptions");
    }
    EventLoop loop = EventLoop.of(vertx, OpenConsumer::closedHere);
    OpenConsumer open;
    try {
      open = new OpenConsumer(loop, options, consumer);
    } catch (RuntimeException e) { // a TLS file that cannot be used
      loop.close();
      throw e;
    }
    loop.onClose(open::end);
    return open;
  }

  private static BeanstalkClosedException closedHere() {
    return new BeanstalkClosedException("the consumer is closed", false, null);
  }

  @Override
  public Future<Void> handle(JobHandler handler) {
    Objects.requireNonNull(handler, "handler");
    BatchHandler each = batch -> handler.handle(batch.get(0));
    return start(HandlerRuns.blocking(loop, false, consumer.concurrency(), each));
  }

  @Override
  public Future<Void> handleAsync(AsyncJobHandler handler) {
    Objects.requireNonNull(handler, "handler");
    AsyncBatchHandler each = batch -> handler.handle(batch.get(0));
    return start(HandlerRuns.async(loop, false, consumer.concurrency(), each));
  }

  @Override
  public Future<Void> handleBatches(BatchHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return start(HandlerRuns.blocking(loop, true, consumer.concurrency(), handler));
  }

  @Override
  public Future<Void> handleBatchesAsync(AsyncBatchHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return start(HandlerRuns.async(loop, true, consumer.concurrency(), handler));
  }

  private Future<Void> start(HandlerRuns with) {
    if (!handled.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "this consumer has a handler already: open another one for other tubes");
    }
    return loop.call(() -> {
      if (ending) {
        return Future.failedFuture(closedHere());
      }
      runs = with;
      jobs = new Jobs(loop, consumer, with);
      slots = new JobSlots(with.concurrency() * (with.isOfBatches() ? consumer.batchSize() : 1));
      if (paused) {
        jobs.pause();
      }
      links.start();
      return links.anyConnected(options.requestTimeout());
    });
  }

  @Override
  public List<BeanstalkServerStatus> servers() {
    return links.statuses();
  }

  @Override
  public void pause() {
    loop.run(this::pauseNow);
  }

  private void pauseNow() {
    paused = true;
    if (jobs != null) {
      jobs.pause();
    }
    eachHost(HostLoops::pause);
  }

  private void eachHost(Consumer<HostLoops> action) {
    for (ServerLink<HostLoops> link : links.all()) {
      HostLoops loops = link.connection();
      if (loops != null) {
        action.accept(loops);
      }
    }
  }

  @Override
  public void resume() {
    loop.run(() -> {
      if (ending) {
        return;
      }
      paused = false;
      if (jobs != null) {
        jobs.resume();
      }
      eachHost(HostLoops::resume);
    });
  }

  @Override
  public Future<Void> drain() {
    return loop.call(() -> {
      if (ending) {
        return Future.failedFuture(closedHere());
      }
      pauseNow();
      return jobs == null ? Future.succeededFuture() : jobs.drained();
    });
  }

  @Override
  public Future<HostLoops> connect(HostPort host) {
    return new HostLoops(
            loop.vertx(),
            connector,
            host,
            consumer,
            Objects.requireNonNull(slots),
            Objects.requireNonNull(jobs))
        .start();
  }

  @Override
  public Future<Void> close(HostLoops loops) {
    return loops.close();
  }

  @Override
  public Future<Throwable> ended(HostLoops loops) {
    return loops.ended();
  }

  @Override
  public void connected(ServerLink<HostLoops> link) {
    HostLoops loops = link.connection();
    if (paused && loops != null) {
      loops.pause();
    }
  }

  @Override
  public void notConnected() {
    // Its jobs have heard of it, and the other servers go on.
  }

  /** Ends all but the loop; on the loop, once. */
  private Future<Void> end() {
    ending = true;
    Jobs all = jobs;
    HandlerRuns handlers = runs;
    if (all == null || handlers == null) {
      return links.close().transform(ignored -> connector.close());
    }
    pauseNow();
    long limit = loop.isEnding() ? 0 : consumer.drainTimeout().toMillis();
    Future<Void> drained = limit == 0
        ? Future.succeededFuture()
        : TimeLimit.of(loop.vertx(), limit, all.drained()).otherwiseEmpty();
    return drained
        .transform(ignored -> {
          all.close(closedHere());
          return links.close();
        })
        .transform(ignored -> {
          handlers.stop();
          return connector.close();
        })
        .transform(ignored -> Future.succeededFuture());
  }

  @Override
  public Future<Void> shutdown() {
    return loop.close();
  }

  @Override
  public void close() {
    if (HandlerRuns.CURRENT.get() == loop) {
      Future<Void> unused = shutdown();
    } else {
      loop.closeAndWait();
    }
  }
}
