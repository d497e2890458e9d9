/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What concerns a worker beside {@link GearmanOptions}. Immutable: each method returns a copy. */
public final class WorkerOptions {

  private static final WorkerOptions DEFAULTS = new WorkerOptions(
      128, Duration.ofSeconds(30), GrabMode.UNIQUE, JobFailureForm.EXCEPTION, List.of());

  private final int maxConnections;
  private final Duration drainTimeout;
  private final GrabMode grab;
  private final JobFailureForm failuresAs;
  private final List<WorkerHook> hooks;

  private WorkerOptions(
      int maxConnections,
      Duration drainTimeout,
      GrabMode grab,
      JobFailureForm failuresAs,
      List<WorkerHook> hooks) {
    this.maxConnections = maxConnections;
    this.drainTimeout = drainTimeout;
    this.grab = grab;
    this.failuresAs = failuresAs;
    this.hooks = hooks;
  }

  /**
   * Options with nothing set.
   *
   * @return the defaults
   */
  public static WorkerOptions create() {
    return DEFAULTS;
  }

  /**
   * Limits the connections to each server. A worker cannot tell a server which function it wants a job of next, so each
   * function has a connection of its own to each server, and with it its own concurrency and its turn. When so many are
   * open, further functions share those there are: then the server decides which comes first (gearmand: the one registered
   * last, as long as it has jobs), and functions on one connection share the smallest of their concurrencies. All functions
   * whose jobs are taken by {@link GearmanWorker#nextJob()} share one connection anyway, which is not counted.
   *
   * @param connections 1 or more, by default 128
   * @return a copy
   * @throws IllegalArgumentException if less than 1
   */
  public WorkerOptions maxConnections(int connections) {
    if (connections < 1) {
      throw new IllegalArgumentException("maxConnections must be 1 or more: " + connections);
    }
    return new WorkerOptions(connections, drainTimeout, grab, failuresAs, hooks);
  }

  /**
   * Limits how long closing the worker, or removing a function, waits for jobs that are worked on. After that their handlers
   * are interrupted and the server gives them to other workers.
   *
   * @param limit zero for not at all, by default 30 s
   * @return a copy
   * @throws IllegalArgumentException if negative
   */
  public WorkerOptions drainTimeout(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("drainTimeout must not be negative: " + limit);
    }
    return new WorkerOptions(maxConnections, limit, grab, failuresAs, hooks);
  }

  /**
   * Says how jobs are asked for.
   *
   * @param mode by default {@link GrabMode#UNIQUE}
   * @return a copy
   */
  public WorkerOptions grab(GrabMode mode) {
    return new WorkerOptions(maxConnections, drainTimeout, mode, failuresAs, hooks);
  }

  /**
   * Says in which form a handler's failure is reported.
   *
   * @param form by default {@link JobFailureForm#EXCEPTION}
   * @return a copy
   */
  public WorkerOptions failuresAs(JobFailureForm form) {
    return new WorkerOptions(maxConnections, drainTimeout, grab, form, hooks);
  }

  /**
   * Adds a hook to those there are.
   *
   * @param hook called around each job
   * @return a copy
   */
  public WorkerOptions hook(WorkerHook hook) {
    List<WorkerHook> all = new ArrayList<>(hooks);
    all.add(hook);
    return new WorkerOptions(maxConnections, drainTimeout, grab, failuresAs, List.copyOf(all));
  }

  /**
   * Gives the limit of connections.
   *
   * @return connections to each server
   */
  public int maxConnections() {
    return maxConnections;
  }

  /**
   * Gives the limit of waiting for running jobs.
   *
   * @return the limit
   */
  public Duration drainTimeout() {
    return drainTimeout;
  }

  /**
   * Gives the way of asking for jobs.
   *
   * @return the mode
   */
  public GrabMode grab() {
    return grab;
  }

  /**
   * Gives the form of failures.
   *
   * @return the form
   */
  public JobFailureForm failuresAs() {
    return failuresAs;
  }

  /**
   * Gives the hooks.
   *
   * @return in the order of adding
   */
  public List<WorkerHook> hooks() {
    return hooks;
  }
}
