/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.OutcomeUnknownException;
import io.taskwire.gearman.connection.Schedule;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The results that one client awaits, across its sessions: who waits for which, and which have come that nobody waits for
 * yet. A result that is held is not settled: if this process ends, the server gives it to the next one of the same client.
 */
final class DurableResults {

  private static final Logger LOG = LoggerFactory.getLogger(DurableResults.class);

  private static final int MOST_HELD = 10_000;
  private static final int MOST_REMEMBERED = 10_000;

  /** A result that nobody has attached to. */
  private record Held(Reply reply, Schedule.Entry expiry) {}

  /**
   * A result on its way to whom it concerns.
   *
   * @param id the task's id
   * @param outcome the result
   * @param settle tells the server that the result has arrived
   * @param late counts it as one that nobody wants any more
   */
  record Reply(String id, Outcome outcome, Runnable settle, Runnable late) {}

  private final Context context;
  private final TaskIds ids;
  private final Duration kept;
  private final Schedule expiries;
  private final Map<String, DurableTask> awaited = new HashMap<>();

  /** Oldest first. */
  private final LinkedHashMap<String, Held> held = new LinkedHashMap<>();

  /** Tasks of earlier processes whose result is not awaited any more; oldest first. */
  private final Set<String> done = new LinkedHashSet<>();

  private @Nullable GearmanSession session;

  DurableResults(Context context, TaskIds ids, Duration kept) {
    this.context = context;
    this.ids = ids;
    this.kept = kept;
    this.expiries = new Schedule(context.owner());
  }

  /** The session of now. */
  @Nullable
  GearmanSession session() {
    return session;
  }

  void await(DurableTask task) {
    DurableTask first = awaited.put(task.id(), task);
    task.next = first;
  }

  AcceptedTask attach(String taskName, String id, SubmitListener listener) {
    DurableTask task = DurableTask.attached(this, taskName, id, listener);
    Held waiting = held.remove(id);
    if (waiting != null) {
      expiries.remove(waiting.expiry());
      await(task);
      context.runOnContext(later -> arrived(waiting.reply()));
    } else if (isDone(id)) {
      context.runOnContext(later -> task.lose(new OutcomeUnknownException(
          "its result has come to this queue before, and was handed over or dropped",
          taskName,
          id,
          null)));
    } else {
      await(task);
      check(task);
    }
    return task;
  }

  private boolean isDone(String id) {
    return done.contains(id) || (ids.isOurs(id) && !awaited.containsKey(id));
  }

  /** Nobody waits for this one any more. */
  void forget(DurableTask task) {
    DurableTask first = awaited.get(task.id());
    DurableTask rest = without(first, task);
    if (rest == first) {
      return;
    }
    if (rest == null) {
      awaited.remove(task.id());
      remember(task.id());
    } else {
      awaited.put(task.id(), rest);
    }
  }

  private static @Nullable DurableTask without(@Nullable DurableTask row, DurableTask task) {
    if (row == task) {
      return row.next;
    }
    for (DurableTask one = row; one != null; one = one.next) {
      if (one.next == task) {
        one.next = task.next;
        break;
      }
    }
    return row;
  }

  private void remember(String id) {
    if (ids.isOurs(id)) {
      return;
    }
    done.add(id);
    if (done.size() > MOST_REMEMBERED) {
      done.remove(done.iterator().next());
    }
  }

  /** A result has come. */
  void arrived(Reply reply) {
    DurableTask task = awaited.remove(reply.id());
    if (task != null) {
      remember(reply.id());
      for (DurableTask one = task; one != null; one = one.next) {
        one.finish(reply.outcome());
      }
      reply.settle().run();
    } else if (isDone(reply.id()) || held.containsKey(reply.id())) {
      drop(reply);
    } else {
      hold(reply);
    }
  }

  private static void drop(Reply reply) {
    reply.settle().run();
    reply.late().run();
  }

  private void hold(Reply reply) {
    if (held.size() == MOST_HELD) {
      Held oldest = held.remove(held.keySet().iterator().next());
      if (oldest != null) {
        LOG.warn(
            "{} results wait for somebody to attach to them; the oldest, of task {}, is dropped",
            MOST_HELD,
            oldest.reply().id());
        expiries.remove(oldest.expiry());
        drop(oldest.reply());
      }
    }
    Schedule.Entry expiry = expiries.after(kept, () -> {
      held.remove(reply.id());
      LOG.warn(
          "Nobody has attached to task {} within resultsKept={} s; its result is dropped",
          reply.id(),
          kept.toSeconds());
      drop(reply);
    });
    held.put(reply.id(), new Held(reply, expiry));
  }

  /** There is a session; results that cannot come through it are given up. */
  void connected(GearmanSession fresh) {
    session = fresh;
    List<DurableTask> waiting = new ArrayList<>(awaited.values());
    new ResultCheck(this, fresh, new ArrayDeque<>(waiting)).begin();
  }

  private void check(DurableTask task) {
    GearmanSession now = session;
    if (now != null) {
      new ResultCheck(this, now, new ArrayDeque<>(List.of(task))).begin();
    }
  }

  /** The result of a task will not come. */
  void lose(String id, String why) {
    DurableTask task = awaited.remove(id);
    if (task != null) {
      remember(id);
    }
    for (DurableTask one = task; one != null; one = one.next) {
      one.lose(new OutcomeUnknownException(why, one.taskName(), id, null));
    }
  }

  /** The session is gone, and what was not settled is the server's again. */
  void disconnected() {
    session = null;
    held.values().forEach(each -> expiries.remove(each.expiry()));
    held.clear();
  }

  void close() {
    expiries.close();
  }
}
