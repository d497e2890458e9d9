/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.QueueClosedException;
import io.taskwire.spi.Bag;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One queue at a broker, from its first connect to its close: what it waits for, consumes and has yet to hear. */
final class Port {

  final Broker broker;
  final int maxPayload;
  final int maxTasks;
  final int maxDeadLetters;
  private final Inbox inbox;
  private final Alarm alarm;

  // under the broker's lock
  final Bag<Caller> callers = new Bag<>();
  final List<MemoryConsumer> consumers = new ArrayList<>();
  private boolean gone;

  // on the queue's loop
  private @Nullable MemorySession session;

  Port(Broker broker, TransportContext context) {
    this.broker = broker;
    this.maxPayload = context.maxPayload();
    this.maxTasks = context.settings().get(MemoryTransportProvider.MAX_TASKS);
    this.maxDeadLetters = context.settings().get(MemoryTransportProvider.MAX_DEAD_LETTERS);
    this.inbox = new Inbox(broker, context.context());
    this.alarm = new Alarm(broker, context.vertx());
  }

  /**
   * Has the queue's loop run an event. Under the lock.
   *
   * @return false if the loop has ended
   */
  boolean post(Runnable event) {
    if (gone) {
      return false;
    }
    if (!inbox.post(event)) {
      gone = true;
      broker.isGone(this);
      return false;
    }
    return true;
  }

  /** Has this queue's loop watch the clock. Under the lock. */
  void watchClock() {
    post(alarm);
  }

  void connected(@Nullable MemorySession now) {
    session = now;
  }

  void lateReply(String taskId) {
    if (session != null) {
      session.lateReply(taskId);
    }
  }

  /** Has the session lost. Under the lock. */
  void dropSession(Throwable cause) {
    post(() -> {
      if (session != null) {
        session.lose(cause);
      }
    });
  }

  /** Gives everything back and ends every wait. Under the lock. */
  void leave(boolean last) {
    while (!consumers.isEmpty()) {
      consumers.get(consumers.size() - 1).leave();
    }
    for (int i = callers.size() - 1; i >= 0; i--) {
      Caller caller = callers.get(i);
      caller.end(new QueueClosedException(
          last
              ? "the last queue of this memory broker was closed before the task was done; it will not run any more"
              : "the queue was closed before the result came; another queue of the broker may still run the task",
          caller.taskName(),
          caller.id(),
          false,
          null));
    }
  }

  /** Stops watching the clock and listening. Under the lock. */
  Future<Void> farewell() {
    post(alarm::cancel);
    return heard();
  }

  /** Completes when the loop has run all that was posted before, or runs no more. Under the lock. */
  Future<Void> heard() {
    Promise<Void> heard = Promise.promise();
    return post(() -> heard.complete(null)) ? heard.future() : Future.succeededFuture();
  }

  static String tooLarge(String what, int length, int limit) {
    return what + " has " + length + " bytes, and " + CoreOptions.MAX_PAYLOAD.key() + " is "
        + limit;
  }
}
