/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.AsyncJobHandler;
import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanServerStatus;
import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.JobHandler;
import io.taskwire.gearman.WorkerJob;
import io.taskwire.gearman.WorkerOptions;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.GrabJobAll;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.connection.FunctionName;
import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.spi.EventLoop;
import io.taskwire.spi.HandlerThreads;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public worker: the way from any thread to what happens on its event loop. */
public final class Worker implements GearmanWorker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final EventLoop loop;
  private final GearmanOptions options;
  private final WorkerOptions workerOptions;
  private final GearmanConnector connector;
  private final Request grab;
  private final Hooks hooks;
  private final Values values;
  private final HandlerThreads threads;
  private final Servers servers;
  private final ManualJobs manual = new ManualJobs(this);
  private final Lanes lanes;

  /** What users have registered; any thread changes it. */
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  // Any thread begins the end, and waits for it.
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Promise<Void> closed = Promise.promise();

  private Worker(EventLoop loop, GearmanOptions options, WorkerOptions workerOptions) {
    this.loop = loop;
    this.options = options;
    this.workerOptions = workerOptions;
    this.connector = GearmanConnector.of(loop.context(), options);
    this.grab = switch (workerOptions.grab()) {
      case JOB -> new GrabJob();
      case UNIQUE -> new GrabJobUniq();
      case ALL -> new GrabJobAll();
    };
    this.hooks = new Hooks(workerOptions.hooks());
    this.values = new Values(options.serializer());
    this.servers = new Servers(loop, options);
    this.lanes = new Lanes(this, servers);
    this.threads = new HandlerThreads(loop.context(), loop::wake);
  }

  /**
   * Opens a worker.
   *
   * @param vertx null to make an instance
   */
  public static GearmanWorker open(
      @Nullable Vertx vertx, GearmanOptions options, WorkerOptions workerOptions) {
    EventLoop loop =
        EventLoop.of(vertx, () -> new GearmanClosedException("the worker is closed", null));
    Worker worker;
    try {
      worker = new Worker(loop, options, workerOptions);
    } catch (RuntimeException e) { // a TLS file that cannot be used
      loop.close();
      throw e;
    }
    worker.loop.run(worker.lanes::start);
    return worker;
  }

  EventLoop loop() {
    return loop;
  }

  GearmanOptions options() {
    return options;
  }

  WorkerOptions workerOptions() {
    return workerOptions;
  }

  GearmanConnector connector() {
    return connector;
  }

  Request grab() {
    return grab;
  }

  Hooks hooks() {
    return hooks;
  }

  Values values() {
    return values;
  }

  HandlerThreads threads() {
    return threads;
  }

  Servers connections() {
    return servers;
  }

  ManualJobs manual() {
    return manual;
  }

  Lanes lanes() {
    return lanes;
  }

  @Override
  public Future<Void> register(String function, FunctionOptions how, JobHandler handler) {
    return register(function, how, new Function.Blocking(handler));
  }

  @Override
  public Future<Void> registerAsync(String function, FunctionOptions how, AsyncJobHandler handler) {
    return register(function, how, new Function.Async(handler));
  }

  @Override
  public Future<Void> registerManual(String function, FunctionOptions how) {
    return register(function, how, new Function.Manual());
  }

  private Future<Void> register(String name, FunctionOptions how, Function.Service service) {
    String refusal = FunctionName.refuse(options.namespace() + name);
    if (refusal != null) {
      throw new IllegalArgumentException("\"" + name + "\" cannot be served: " + refusal);
    }
    Function function = new Function(this, name, how, service);
    names.add(name);
    return loop.call(() -> lanes.register(function));
  }

  @Override
  public Future<Void> unregister(String function) {
    names.remove(function);
    return loop.call(() -> lanes.unregister(function));
  }

  @Override
  public Set<String> functions() {
    return Set.copyOf(names);
  }

  @Override
  public Future<WorkerJob> nextJob() {
    return next(loop.promise(), null);
  }

  @Override
  public Future<WorkerJob> nextJob(Duration limit) {
    return next(loop.promise(), limit);
  }

  private Future<WorkerJob> next(Promise<WorkerJob> promise, @Nullable Duration limit) {
    loop.run(() -> manual.next(promise, limit), () -> promise.fail(ManualJobs.closedBefore()));
    return promise.future();
  }

  @Override
  public WorkerJob takeJob() throws InterruptedException {
    Future<WorkerJob> next = awaitNext(null);
    if (next.failed()) {
      throw unchecked(next.cause());
    }
    return next.result();
  }

  @Override
  public @Nullable WorkerJob takeJob(Duration limit) throws InterruptedException {
    Future<WorkerJob> next = awaitNext(limit);
    if (next.failed()) {
      if (next.cause() instanceof GearmanTimeoutException) {
        return null;
      }
      throw unchecked(next.cause());
    }
    return next.result();
  }

  private Future<WorkerJob> awaitNext(@Nullable Duration limit) throws InterruptedException {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          "this is an event loop, and waiting would stop it: use nextJob()");
    }
    // Of no context, so that it completes although the caller's thread is waiting.
    Future<WorkerJob> next = next(Promise.promise(), limit);
    try {
      await(next);
    } catch (InterruptedException e) {
      withdraw(next);
      throw e;
    }
    return next;
  }

  private static void await(Future<?> future) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    future.onComplete(ended -> done.countDown());
    done.await();
  }

  /** The same failure, with the stack of the one who waited. */
  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof RuntimeException known) {
      known.setStackTrace(new Throwable().getStackTrace());
      return known;
    }
    return new IllegalStateException(cause);
  }

  @Override
  public void withdraw(Future<WorkerJob> waiting) {
    loop.run(() -> manual.withdraw(waiting, ManualJobs::stopped));
  }

  @Override
  public void stopWaiting() {
    loop.run(() -> manual.stopWaiting(ManualJobs::stopped));
  }

  @Override
  public void pause() {
    loop.run(lanes::pause);
  }

  @Override
  public void resume() {
    loop.run(lanes::resume);
  }

  @Override
  public Future<Void> drain() {
    return loop.call(lanes::drain);
  }

  @Override
  public Future<Void> connected() {
    return loop.call(() -> servers.connected(options.requestTimeout()));
  }

  @Override
  public List<GearmanServerStatus> servers() {
    return servers.statuses();
  }

  @Override
  public Future<Void> shutdown() {
    if (closing.compareAndSet(false, true)) {
      loop.run(this::closeOnLoop, closed::tryComplete);
    }
    return closed.future();
  }

  private void closeOnLoop() {
    manual.close();
    lanes
        .close()
        .transform(ignored -> {
          servers.closed();
          threads.stop();
          return connector.close();
        })
        .transform(ignored -> loop.close())
        .onComplete(freed -> {
          if (freed.failed()) {
            LOG.warn("Something of the worker could not be freed", freed.cause());
          }
          closed.tryComplete();
        });
  }

  @Override
  public void close() {
    Future<Void> end = shutdown();
    if (Context.isOnEventLoopThread() || HandlerRun.CURRENT.get() == this) {
      return;
    }
    try {
      await(end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "GearmanWorker(" + options + ", " + names + ")";
  }
}
