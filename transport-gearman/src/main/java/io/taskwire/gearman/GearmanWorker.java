/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.gearman.worker.Worker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works on the jobs of one or several servers.
 *
 * <pre>{@code
 * try (GearmanWorker worker = GearmanWorker.open("gearman://localhost:4730")) {
 *   worker.register("reverse", job -> new StringBuilder(job.text()).reverse()).await();
 *   ...
 * }
 * }</pre>
 *
 * <p>A function is served by a handler, blocking ({@link #register}) or asynchronous ({@link #registerAsync}), or its jobs
 * are taken one by one ({@link #registerManual} and {@link #nextJob()}). Functions come, are replaced and go at any time.
 * A worker asks for as many jobs as it has free slots and holds none that it is not working on. With several servers all
 * are served at once: the slots of a function are shared, and one that becomes free is offered to the servers in turn, so
 * that one with a long queue does not keep the others waiting. A connection that is lost is made again, with all functions
 * registered.
 *
 * <p>Names of functions are given without the {@linkplain GearmanOptions#namespace() namespace}, which is put in front of
 * them. Safe to use from any thread. Futures complete on the caller's Vert.x context if there is one, else on the worker's
 * event loop, where callbacks must not block; {@link Future#await()} works on plain and on virtual threads.
 */
public interface GearmanWorker extends AutoCloseable {

  /**
   * Opens a worker, and begins to connect.
   *
   * @param uri the servers, as {@link GearmanOptions#of} reads them
   * @return the worker, without functions
   */
  static GearmanWorker open(String uri) {
    return open(GearmanOptions.of(uri), WorkerOptions.create());
  }

  /**
   * Opens a worker, and begins to connect.
   *
   * @param options the servers, and how to reach them
   * @return the worker, without functions
   */
  static GearmanWorker open(GearmanOptions options) {
    return open(options, WorkerOptions.create());
  }

  /**
   * Opens a worker, and begins to connect.
   *
   * @param options the servers, and how to reach them
   * @param worker what concerns the worker alone
   * @return the worker, without functions; it has a Vert.x instance with one event loop of its own
   */
  static GearmanWorker open(GearmanOptions options, WorkerOptions worker) {
    return Worker.open(null, options, worker);
  }

  /**
   * Opens a worker on an event loop of a Vert.x instance, and begins to connect.
   *
   * @param vertx the instance, which is not closed with the worker
   * @param options the servers, and how to reach them
   * @param worker what concerns the worker alone
   * @return the worker, without functions
   */
  static GearmanWorker open(Vertx vertx, GearmanOptions options, WorkerOptions worker) {
    return Worker.open(vertx, options, worker);
  }

  /**
   * Serves a function with a blocking handler. If the function is registered already, this handler replaces the other for
   * all jobs that come from now on; those under way end with the other.
   *
   * @param function its name
   * @param handler works on its jobs; on virtual threads where the JDK has them, else on a pool
   * @return completes when a server knows that the function is served here; fails with a {@link NoServerException} if none
   *     was connected within {@link GearmanOptions#requestTimeout}, in which case the function stays registered and is
   *     announced as soon as there is one
   * @throws IllegalArgumentException if the name cannot be sent
   */
  default Future<Void> register(String function, JobHandler handler) {
    return register(function, FunctionOptions.create(), handler);
  }

  /**
   * Serves a function with a blocking handler, as {@link #register(String, JobHandler)}.
   *
   * @param function its name
   * @param options how it is served
   * @param handler works on its jobs
   * @return completes when a server knows
   */
  Future<Void> register(String function, FunctionOptions options, JobHandler handler);

  /**
   * Serves a function with an asynchronous handler, as {@link #register(String, JobHandler)}.
   *
   * @param function its name
   * @param handler works on its jobs, on the event loop
   * @return completes when a server knows
   */
  default Future<Void> registerAsync(String function, AsyncJobHandler handler) {
    return registerAsync(function, FunctionOptions.create(), handler);
  }

  /**
   * Serves a function with an asynchronous handler, as {@link #register(String, JobHandler)}.
   *
   * @param function its name
   * @param options how it is served
   * @param handler works on its jobs, on the event loop
   * @return completes when a server knows
   */
  Future<Void> registerAsync(String function, FunctionOptions options, AsyncJobHandler handler);

  /**
   * Announces a function whose jobs are taken by {@link #nextJob()}. Jobs are asked for only while somebody waits for one.
   *
   * @param function its name
   * @return completes when a server knows, as {@link #register(String, JobHandler)}
   */
  default Future<Void> registerManual(String function) {
    return registerManual(function, FunctionOptions.create());
  }

  /**
   * Announces a function whose jobs are taken by {@link #nextJob()}.
   *
   * @param function its name
   * @param options how it is served; its concurrency is the number of jobs that were taken and are not ended
   * @return completes when a server knows, as {@link #register(String, JobHandler)}
   */
  Future<Void> registerManual(String function, FunctionOptions options);

  /**
   * Serves a function no more. Jobs of it that are worked on are finished first, for up to {@link
   * WorkerOptions#drainTimeout}.
   *
   * @param function its name
   * @return completes when the servers know and none of its jobs runs; at once if it is not registered
   */
  Future<Void> unregister(String function);

  /**
   * Gives the functions that are registered.
   *
   * @return their names, a copy
   */
  Set<String> functions();

  /**
   * Waits for the next job of the functions of {@link #registerManual}, whichever server it comes from. It is the caller's
   * from then on and keeps its slot until it is ended, exactly once.
   *
   * <p>A thread that may be interrupted while it waits uses {@link #takeJob()}, or {@link #withdraw}s this future: the next
   * job would else go to a future that nobody looks at.
   *
   * @return the job; fails with {@link WaitStoppedException} after {@link #stopWaiting}, with {@link
   *     GearmanClosedException} when the worker is closed, and with {@link GearmanException} when 65,536 wait already
   */
  Future<WorkerJob> nextJob();

  /**
   * Waits for the next job, as {@link #nextJob()}, for a limited time.
   *
   * @param limit how long
   * @return the job; fails with {@link GearmanTimeoutException} when the time has passed, and no job is lost by that
   */
  Future<WorkerJob> nextJob(Duration limit);

  /**
   * Waits for the next job, blocking, as {@link #nextJob()}. Not for event loops.
   *
   * @return the job
   * @throws InterruptedException if the thread is interrupted; no job is lost by that
   * @throws IllegalStateException on an event loop
   */
  WorkerJob takeJob() throws InterruptedException;

  /**
   * Waits for the next job, blocking, for a limited time. Not for event loops.
   *
   * @param limit how long
   * @return the job, null if none came in time
   * @throws InterruptedException if the thread is interrupted; no job is lost by that
   * @throws IllegalStateException on an event loop
   */
  @Nullable
  WorkerJob takeJob(Duration limit) throws InterruptedException;

  /**
   * Takes a wait back. If its job has come meanwhile and was not ended, it goes to whoever waits next, or back to the server.
   *
   * @param waiting what {@link #nextJob()} returned; it fails with {@link WaitStoppedException} unless it was complete
   */
  void withdraw(Future<WorkerJob> waiting);

  /** Ends all present waits of {@link #nextJob()} and {@link #takeJob()} with a {@link WaitStoppedException}. */
  void stopWaiting();

  /** Asks for no more jobs. Those that were asked for already still come. */
  void pause();

  /** Asks for jobs again after {@link #pause()} or {@link #drain()}. */
  void resume();

  /**
   * Asks for no more jobs, and waits until those there are have ended and the servers have taken note. The connections stay
   * open; {@link #resume()} goes on.
   *
   * @return completes then, however long it takes; fails if the worker is closed before
   */
  Future<Void> drain();

  /**
   * Waits until a server is connected.
   *
   * @return completes then; fails with a {@link NoServerException} if none was within {@link
   *     GearmanOptions#requestTimeout}, or no attempt follows
   */
  Future<Void> connected();

  /**
   * Tells how it stands with the servers.
   *
   * @return one entry for each, in the order of the options
   */
  List<GearmanServerStatus> servers();

  /**
   * Closes the worker: it asks for no more jobs, lets those end that are worked on, for up to {@link
   * WorkerOptions#drainTimeout}, makes sure by an ECHO that the servers have got all results, and closes the connections.
   * What is not ended then goes to other workers, and its handlers are interrupted.
   *
   * @return completes when all is freed; does not fail; the same each time
   */
  Future<Void> shutdown();

  /**
   * Closes the worker as {@link #shutdown()}, and waits for it. On an event loop, and in one of its own handlers, it starts
   * that and returns. A thread that is interrupted returns with the flag set.
   */
  @Override
  void close();
}
