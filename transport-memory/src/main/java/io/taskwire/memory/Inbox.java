/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the listeners of one queue have yet to hear, in order, run on its event loop. Here two event loops meet: any of
 * them posts, under the broker's lock; only the owner takes, a whole batch at a time under the same lock, and runs it
 * without.
 */
final class Inbox {

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  /** So many events, and the loop's other work has its turn: an endless chain of tasks must not starve sockets and timers. */
  private static final int EVENTS_A_TURN = 4_096;

  /** A queue that has held more than this in one burst is left to the garbage collector rather than kept. */
  private static final int KEPT_CAPACITY = 65_536;

  private final Broker broker;
  private final Context context;
  private final Handler<Void> turn = nothing -> run();

  // under the broker's lock
  private ArrayDeque<Runnable> posted = new ArrayDeque<>();
  private boolean scheduled;

  // on the loop
  private ArrayDeque<Runnable> batch = new ArrayDeque<>();

  Inbox(Broker broker, Context context) {
    this.broker = broker;
    this.context = context;
  }

  /**
   * Adds an event. Under the lock.
   *
   * @return false if the event loop has ended
   */
  boolean post(Runnable event) {
    posted.add(event);
    if (scheduled) {
      return true;
    }
    try {
      context.runOnContext(turn);
      scheduled = true;
      return true;
    } catch (RejectedExecutionException e) {
      posted.clear();
      return false;
    }
  }

  private void run() {
    int left = EVENTS_A_TURN;
    while (takeBatch(left)) {
      left -= batch.size();
      int size = batch.size();
      Runnable event;
      while ((event = batch.poll()) != null) {
        runOne(event);
      }
      if (size > KEPT_CAPACITY) {
        batch = new ArrayDeque<>();
      }
    }
  }

  private boolean takeBatch(int left) {
    broker.enter();
    try {
      if (posted.isEmpty()) {
        scheduled = false;
        return false;
      }
      if (left <= 0) {
        context.runOnContext(turn);
        return false;
      }
      ArrayDeque<Runnable> empty = batch;
      batch = posted;
      posted = empty;
      return true;
    } finally {
      broker.exit();
    }
  }

  private static void runOne(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | Error e) {
      // Whoever listens has failed; the events behind this one are other tasks' and must still be
      // heard.
      LOG.error("a listener threw; its task may wait until its time limit", e);
    }
  }
}
