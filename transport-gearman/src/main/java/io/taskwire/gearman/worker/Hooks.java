/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.WorkerHook;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the hooks. */
final class Hooks {

  private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);

  private final List<WorkerHook> hooks;

  Hooks(List<WorkerHook> hooks) {
    this.hooks = hooks;
  }

  /** Throws what a hook throws; those before it will be told of the end, it and those behind it not. */
  void before(Job job) {
    for (WorkerHook hook : hooks) {
      hook.before(job);
      job.hooked(job.hooked() + 1);
    }
  }

  void failed(Job job, Throwable cause) {
    for (int i = job.hooked() - 1; i >= 0; i--) {
      try {
        hooks.get(i).failed(job, cause);
      } catch (RuntimeException e) {
        LOG.error("A hook failed to hear of the failure of job {}", job.handle(), e);
      }
    }
  }

  void after(Job job) {
    for (int i = job.hooked() - 1; i >= 0; i--) {
      try {
        hooks.get(i).after(job);
      } catch (RuntimeException e) {
        LOG.error("A hook failed after job {}", job.handle(), e);
      }
    }
    job.hooked(0);
  }
}
