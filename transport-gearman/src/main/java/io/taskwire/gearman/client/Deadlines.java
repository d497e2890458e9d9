/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Limits of the same length for many, on one timer: who came first is due first. */
final class Deadlines<T> {

  private final Vertx vertx;
  private final long limitMillis;
  private final Consumer<T> expired;
  private final Map<T, Long> due = new LinkedHashMap<>();
  private boolean ticking;
  private long timer;

  /**
   * Starts empty.
   *
   * @param limit zero for none
   */
  Deadlines(Vertx vertx, Duration limit, Consumer<T> expired) {
    this.vertx = vertx;
    this.limitMillis = limit.toMillis();
    this.expired = expired;
  }

  /** Lets a fresh limit begin. */
  void begin(T one) {
    if (limitMillis > 0) {
      due.remove(one);
      due.put(one, now() + limitMillis);
      if (!ticking) {
        tick(limitMillis);
      }
    }
  }

  void end(T one) {
    due.remove(one);
  }

  private void tick(long millis) {
    ticking = true;
    timer = vertx.setTimer(Math.max(1, millis), id -> sweep());
  }

  private void sweep() {
    ticking = false;
    long now = now();
    while (!due.isEmpty()) {
      Map.Entry<T, Long> first = due.entrySet().iterator().next();
      long left = first.getValue() - now;
      if (left > 0) {
        tick(left);
        return;
      }
      due.remove(first.getKey());
      expired.accept(first.getKey());
    }
  }

  void close() {
    due.clear();
    if (ticking) {
      vertx.cancelTimer(timer);
    }
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
