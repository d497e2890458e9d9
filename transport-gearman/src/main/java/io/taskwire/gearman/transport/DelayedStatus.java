/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.TaskStatus;
import io.taskwire.TaskStatus.State;
import io.vertx.core.Future;
import java.time.Duration;

/** A server says of a delayed job only that it is queued; when its delay ends, its caller knows. */
final class DelayedStatus {

  private static final long NOT_DELAYED = 0;

  private DelayedStatus() {}

  /** When a delay that begins now ends, on the clock of {@link System#nanoTime()}; zero for none. */
  static long until(Duration delay) {
    return delay.isZero() ? NOT_DELAYED : Math.max(1, System.nanoTime() + delay.toNanos());
  }

  static Future<TaskStatus> correct(Future<TaskStatus> said, long until) {
    return until == NOT_DELAYED
        ? said
        : said.map(status -> status.state() == State.QUEUED && System.nanoTime() - until < 0
            ? new TaskStatus(State.DELAYED, null)
            : status);
  }
}
