/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.JobHandler;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A blocking handler at work on one job, on a thread of its own. */
final class HandlerRun implements Runnable {

  /** The worker whose handler the current thread is in, if it is in one. */
  static final ThreadLocal<@Nullable Worker> CURRENT = new ThreadLocal<>();

  private final Worker worker;
  private final Job job;
  private final JobHandler handler;

  /** Guarded by this: the loop interrupts, the handler's thread comes and goes. */
  private @Nullable Thread thread;

  /** Guarded by this. */
  private boolean interrupted;

  HandlerRun(Worker worker, Job job, JobHandler handler) {
    this.worker = worker;
    this.job = job;
    this.handler = handler;
  }

  @Override
  public void run() {
    synchronized (this) {
      thread = Thread.currentThread();
      if (interrupted) {
        thread.interrupt();
      }
    }
    CURRENT.set(worker);
    Buffer result = null;
    Throwable failure = null;
    try {
      worker.hooks().before(job);
      result = result(handler.handle(job));
    } catch (Throwable e) { // whatever a handler throws fails its job, not the thread
      failure = e;
    }
    synchronized (this) {
      thread = null;
      // An interrupt at the time limit must not hit the hooks, or the next job of this thread.
      Thread.interrupted();
    }
    Throwable late = job.timedOut();
    Throwable cause = late == null ? failure : late;
    if (cause != null) {
      worker.hooks().failed(job, cause);
    }
    worker.hooks().after(job);
    CURRENT.set(null);
    Buffer body = result;
    worker.loop().leave(() -> job.returned(body, cause));
  }

  /** What the job is to be completed with; null if the handler has ended it. */
  private @Nullable Buffer result(@Nullable Object value) {
    if (value == null && !job.isOpen()) {
      return null;
    }
    if (value instanceof Future) {
      throw new IllegalStateException(
          "a blocking handler returned a Future; register it with registerAsync, or await the future in it");
    }
    return worker.values().encode(value);
  }

  void interrupt() {
    synchronized (this) {
      interrupted = true;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
