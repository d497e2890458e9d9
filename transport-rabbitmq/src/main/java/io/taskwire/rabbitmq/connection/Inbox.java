/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the threads of a connection tell the event loop, in the order in which they tell it; much that comes at once is one
 * turn of the loop. Deliveries wait at its door while the loop is behind, so that memory is bounded and the socket pushes
 * back on the broker.
 */
final class Inbox {

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private static final int MOST_DELIVERIES = 1000;
  private static final int MOST_BYTES = 8 << 20;

  private final Context context;

  // Set while the connection is made, called by whichever thread finds that the loop has ended.
  private volatile Runnable whenLoopEnded;

  // The threads of the connection add, the event loop takes all at once.
  private final Object lock = new Object();
  private ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int deliveries;
  private long bytes;
  private boolean woken;
  private boolean limited = true;

  // Only the event loop.
  private ArrayDeque<Runnable> taken = new ArrayDeque<>();

  Inbox(Context context, Runnable whenLoopEnded) {
    this.context = context;
    this.whenLoopEnded = whenLoopEnded;
  }

  /** Says what is to be done in place of the loop once that has ended with its Vert.x instance. */
  void whenLoopEnded(Runnable action) {
    whenLoopEnded = action;
  }

  /** Adds what may not wait. */
  void add(Runnable event) {
    boolean wake;
    synchronized (lock) {
      waiting.add(event);
      wake = !woken;
      woken = true;
    }
    if (wake) {
      wake();
    }
  }

  /** Adds a delivery; blocks while too many wait. */
  void addDelivery(Runnable event, int size) {
    boolean wake;
    synchronized (lock) {
      while (limited && (deliveries >= MOST_DELIVERIES || bytes >= MOST_BYTES)) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          // amqp-client ends its reader so: the connection is over.
          Thread.currentThread().interrupt();
          return;
        }
      }
      deliveries++;
      bytes += size;
      waiting.add(event);
      wake = !woken;
      woken = true;
    }
    if (wake) {
      wake();
    }
  }

  private void wake() {
    try {
      context.runOnContext(turn -> drain());
    } catch (RejectedExecutionException e) {
      unlimit();
      whenLoopEnded.run();
    }
  }

  /** Lets nobody wait any more: the connection has ended. */
  void unlimit() {
    synchronized (lock) {
      limited = false;
      lock.notifyAll();
    }
  }

  private void drain() {
    ArrayDeque<Runnable> events;
    synchronized (lock) {
      events = waiting;
      waiting = taken;
      woken = false;
      if (deliveries > 0) {
        deliveries = 0;
        bytes = 0;
        lock.notifyAll();
      }
    }
    for (Runnable event = events.poll(); event != null; event = events.poll()) {
      try {
        event.run();
      } catch (RuntimeException | Error e) {
        LOG.error("An event of a connection could not be handled; this is a defect of Taskwire", e);
      }
    }
    taken = events;
  }
}
