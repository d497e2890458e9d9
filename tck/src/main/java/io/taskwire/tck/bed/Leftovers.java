/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import io.taskwire.TaskQueue;
import io.taskwire.tck.bed.Events.Kind;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.proxy.TcpProxy;
import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Closes the queues of a test and collects what they leave behind. */
final class Leftovers {

  private final Duration patience;
  private final List<String> found = new ArrayList<>();
  private final List<WeakReference<TaskQueue>> closed = new ArrayList<>();

  Leftovers(Duration patience) {
    this.patience = patience;
  }

  void closeAndCheck(OpenQueue open) {
    try {
      Await.done(open.queue().shutdown());
    } catch (AssertionError pending) {
      found.add("shutdown did not end: " + pending.getMessage());
    }
    // A future that belongs to a caller's context completes there, a turn after the shutdown.
    if (!Await.within(patience, () -> open.queue().pending().isEmpty())) {
      List<String> pending = open.queue().pending();
      found.add(pending.size() + " futures pending, such as the " + pending.get(0));
    }
    if (!Await.within(patience, () -> open.events().count(Kind.CLOSED) > 0)) {
      found.add("the listener was not told that the queue is closed");
    }
    if (open.events().count(Kind.CLOSED) > 1) {
      found.add("the listener was told more than once that the queue is closed");
    }
    unended(open.events())
        .forEach((task, times) -> found.add(
            times > 0
                ? "the end of a handler of task " + task + " was told to nobody"
                : "the end of a handler of task " + task + " was told more than once"));
  }

  /** Counts each begin of a handler against its ends. */
  private static Map<String, Integer> unended(Events events) {
    Map<String, Integer> running = new HashMap<>();
    for (Events.Event event : events.all()) {
      String task = event.taskName() + " " + event.taskId();
      switch (event.kind()) {
        case STARTED -> running.merge(task, 1, Integer::sum);
        case FINISHED, LEASE_LOST -> running.merge(task, -1, Integer::sum);
        default -> {
          // says nothing about handlers
        }
      }
    }
    running.values().removeIf(times -> times == 0);
    return running;
  }

  void checkConnections(Broker broker, List<TcpProxy> proxies) {
    for (TcpProxy proxy : proxies) {
      if (!Await.within(patience, () -> proxy.connections() == 0)) {
        found.add(proxy.connections() + " connections left through a proxy");
      }
    }
    if (broker.isRunning() && !Await.within(patience, () -> broker.connections() == 0)) {
      found.add(broker.connections() + " connections left at the broker");
    }
  }

  void forget(List<OpenQueue> queues) {
    queues.forEach(open -> closed.add(new WeakReference<>(open.queue().delegate())));
    queues.clear();
  }

  /** A timer, a close hook, a handler or a pending callback would keep its queue from the garbage collector. */
  void checkReachable() {
    if (!Await.within(patience, this::collected)) {
      found.add(
          "something keeps a closed queue in memory: a timer, a hook, a thread or a callback");
    }
  }

  private boolean collected() {
    System.gc();
    closed.removeIf(reference -> reference.refersTo(null));
    return closed.isEmpty();
  }

  void checkTimers(Vertx vertx) {
    long left = Timers.cancelAll(vertx);
    if (left > 0) {
      found.add(left + " timers left");
    }
  }

  void checkThreads(LiveThreads before) {
    if (!Await.within(patience, () -> before.later().isEmpty())) {
      found.add("threads left: " + before.later());
    }
  }

  void checkBuffers() {
    if (!BufferLeaks.isWatching()) {
      found.add("buffers are not watched: Netty was used in this JVM before JUnit loaded the kit");
    }
    Garbage.collect();
    BufferLeaks.take().forEach(leak -> found.add("a buffer was not released: " + leak));
  }

  void report() {
    if (!found.isEmpty()) {
      throw new AssertionError("left behind:\n- " + String.join("\n- ", found));
    }
  }
}
