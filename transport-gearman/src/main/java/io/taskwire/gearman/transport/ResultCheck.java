/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.TaskStatus;
import io.taskwire.TaskStatus.State;
import java.util.ArrayDeque;

/**
 * Asks a server whether results can still come. A task that runs leaves a job with its id at the server at each moment: first
 * itself, then its reply as well, then the reply alone. Where there is neither, the server has lost it, as one without a
 * store does when it is started again.
 */
final class ResultCheck {

  private static final int MOST_AT_ONCE = 256;

  private final DurableResults results;
  private final GearmanSession session;
  private final ArrayDeque<DurableTask> open;

  ResultCheck(DurableResults results, GearmanSession session, ArrayDeque<DurableTask> open) {
    this.results = results;
    this.session = session;
    this.open = open;
  }

  void begin() {
    for (int i = 0; i < MOST_AT_ONCE && !open.isEmpty(); i++) {
      next();
    }
  }

  private void next() {
    DurableTask polled = open.poll();
    while (polled != null && !polled.isAccepted()) { // its submit is under way in this session
      polled = open.poll();
    }
    if (polled == null || results.session() != session) {
      return;
    }
    DurableTask task = polled;
    session.statusOfUnique(task.taskName(), task.id()).onSuccess(status -> {
      told(task, status);
      next();
    });
    // On failure the server cannot tell, or the session is lost and the next one asks again.
  }

  private void told(DurableTask task, TaskStatus status) {
    if (status.state() == State.UNKNOWN) {
      results.lose(
          task.id(),
          "the broker has neither the task nor its result: it was lost with a broker that has no store, or its result was"
              + " taken or dropped before");
    }
  }
}
