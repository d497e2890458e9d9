/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.KeptResults;
import io.taskwire.spi.SubmitListener;
import io.taskwire.spi.TaskIds;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The results that one client awaits, and the session of now, which can be asked whether they can still come. */
final class DurableResults {

  private final KeptResults kept;

  private @Nullable GearmanSession session;

  DurableResults(Context context, TaskIds ids, Duration kept) {
    this.kept = new KeptResults(context, ids, kept);
  }

  /** The session of now. */
  @Nullable
  GearmanSession session() {
    return session;
  }

  void await(DurableTask task) {
    kept.await(task);
  }

  AcceptedTask attach(String taskName, String id, SubmitListener listener) {
    DurableTask task = DurableTask.attached(this, taskName, id, listener);
    if (kept.attach(task)) {
      check(List.of(task));
    }
    return task;
  }

  /** Nobody waits for this one any more. */
  void forget(DurableTask task) {
    kept.forget(task);
  }

  /** A result has come. */
  void arrived(KeptResults.Reply reply) {
    kept.arrived(reply);
  }

  /** There is a session; results that cannot come through it are given up. */
  void connected(GearmanSession fresh) {
    session = fresh;
    check(kept.awaited());
  }

  private void check(List<? extends KeptResults.Wait> tasks) {
    GearmanSession now = session;
    if (now != null) {
      ArrayDeque<DurableTask> open = new ArrayDeque<>();
      tasks.forEach(task -> open.add((DurableTask) task));
      new ResultCheck(this, now, open).begin();
    }
  }

  /** The result of a task will not come. */
  void lose(String id, String why) {
    kept.lose(id, why);
  }

  /** The session is gone, and what was not settled is the server's again. */
  void disconnected() {
    session = null;
    kept.disconnected();
  }

  void close() {
    kept.close();
  }
}
