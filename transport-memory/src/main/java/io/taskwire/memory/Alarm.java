/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * The one timer of a broker: each queue has an alarm, and that of the queue which has been there longest is set to the
 * next time for which something is scheduled. All on the queue's loop; run as an event of its inbox, so that the timer
 * belongs to the queue's own context and not to that of a verticle which happens to call.
 */
final class Alarm implements Runnable {

  private static final long NONE = -1;
  private static final long LONGEST_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final Broker broker;
  private final Vertx vertx;
  private long timer = NONE;

  Alarm(Broker broker, Vertx vertx) {
    this.broker = broker;
    this.vertx = vertx;
  }

  @Override
  public void run() {
    cancel();
    long nanos = broker.nanosToNextDue();
    if (nanos == Schedule.NEVER) {
      return;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos) + 1; // never early
    timer = vertx.setTimer(Math.min(millis, LONGEST_MILLIS), id -> {
      timer = NONE;
      broker.runDue();
    });
  }

  void cancel() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }
}
