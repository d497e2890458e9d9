/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the threads of a connection tell the event loop, in the order in which they tell it; much that comes at once is one
 * turn of the loop.
 */
final class Inbox {

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final Context context;

  // Set while the connection is made, called by whichever thread finds that the loop has ended.
  private volatile Runnable whenLoopEnded;

  // The threads of the connection add, the event loop takes all at once.
  private final Object lock = new Object();
  private ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean woken;

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

  /** Adds an event. */
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

  private void wake() {
    try {
      context.runOnContext(turn -> drain());
    } catch (RejectedExecutionException e) {
      whenLoopEnded.run();
    }
  }

  private void drain() {
    ArrayDeque<Runnable> events;
    synchronized (lock) {
      events = waiting;
      waiting = taken;
      woken = false;
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
