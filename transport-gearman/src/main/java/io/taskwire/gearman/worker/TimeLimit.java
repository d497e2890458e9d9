/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.spi.EventLoop;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Watches the time limit of one function's jobs. It is the same for all of them, so they run out of time in the order of
 * their begin, and one timer serves them all.
 */
final class TimeLimit {

  private final EventLoop loop;
  private final Duration limit;

  /** Job to the time it is due, in {@link System#nanoTime}; the first is due first. */
  private final Map<Job, Long> due = new LinkedHashMap<>();

  private long timer;
  private boolean ticking;

  TimeLimit(EventLoop loop, Duration limit) {
    this.loop = loop;
    this.limit = limit;
  }

  Duration limit() {
    return limit;
  }

  void add(Job job) {
    long nanos = limit.compareTo(Duration.ofDays(365)) > 0
        ? Duration.ofDays(365).toNanos()
        : limit.toNanos();
    due.put(job, System.nanoTime() + nanos);
    if (!ticking) {
      tickAfter(nanos);
    }
  }

  void remove(Job job) {
    due.remove(job);
  }

  void stop() {
    due.clear();
    if (ticking) {
      ticking = false;
      loop.vertx().cancelTimer(timer);
    }
  }

  private void tickAfter(long nanos) {
    ticking = true;
    timer = loop.vertx().setTimer(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, id -> tick());
  }

  private void tick() {
    ticking = false;
    Iterator<Map.Entry<Job, Long>> first = due.entrySet().iterator();
    while (first.hasNext()) {
      Map.Entry<Job, Long> entry = first.next();
      long left = entry.getValue() - System.nanoTime();
      if (left > 0) {
        tickAfter(left);
        return;
      }
      Job job = entry.getKey();
      due.remove(job);
      job.expired(limit);
      // What the job's end leads to may have changed the rest.
      first = due.entrySet().iterator();
    }
  }
}
