/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import io.vertx.core.Vertx;
import java.util.stream.LongStream;

/** Counts the timers of a Vert.x instance, which does not tell them. */
public final class Timers {

  private static final long NEVER_MILLIS = 3_600_000;

  private Timers() {}

  /**
   * Cancels all timers that are set: their ids count up from 0, and cancelling tells whether there was something to cancel.
   *
   * @param vertx whose
   * @return how many there were
   */
  public static long cancelAll(Vertx vertx) {
    long next = vertx.setTimer(NEVER_MILLIS, id -> {});
    vertx.cancelTimer(next);
    return LongStream.range(0, next).filter(vertx::cancelTimer).count();
  }
}
