/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.OutcomeUnknownException;
import io.taskwire.TaskException;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The results that one client with a name awaits, across its sessions: who waits for which, and which have come that nobody
 * waits for yet. A result that is held is not settled: if this process ends, the broker gives it to the next one of the
 * same client. Belongs to one event loop.
 */
public final class KeptResults {

  private static final Logger LOG = LoggerFactory.getLogger(KeptResults.class);

  private static final int MOST_HELD = 10_000;
  private static final int MOST_REMEMBERED = 10_000;

  /** A result that nobody has attached to. */
  private record Held(Reply reply, Schedule.Entry expiry) {}

  /**
   * A result on its way to whom it concerns.
   *
   * @param id the task's id
   * @param outcome the result, as who waits for it reads it
   * @param settle tells the broker that the result has arrived
   * @param late counts it as one that nobody wants any more
   */
  public record Reply(String id, Function<Wait, Outcome> outcome, Runnable settle, Runnable late) {}

  /** Who waits for a result. */
  public abstract static class Wait {

    /** Waits for the same result. */
    private @Nullable Wait next;

    /** For the transports. */
    protected Wait() {}

    /**
     * Identifies the task.
     *
     * @return the id under which the result comes
     */
    public abstract String id();

    /**
     * Names the task.
     *
     * @return its name
     */
    protected abstract String taskName();

    /**
     * Tells whether the broker has the task.
     *
     * @return false while its submit is unanswered
     */
    protected abstract boolean isAccepted();

    /**
     * The result has come, and the wait is over.
     *
     * @param outcome the result
     */
    protected abstract void finish(Outcome outcome);

    /**
     * No result will come, and the wait is over.
     *
     * @param cause why
     */
    protected abstract void lose(TaskException cause);
  }

  private final Context context;
  private final TaskIds ids;
  private final Duration kept;
  private final Schedule expiries;
  private final Map<String, Wait> awaited = new HashMap<>();

  /** Oldest first. */
  private final LinkedHashMap<String, Held> held = new LinkedHashMap<>();

  /** Tasks of earlier processes whose result is not awaited any more; oldest first. */
  private final Set<String> done = new LinkedHashSet<>();

  /**
   * Creates it for one queue.
   *
   * @param context the event loop
   * @param ids makes the ids of this process
   * @param kept how long a result is held that nobody waits for, zero to hold none
   */
  public KeptResults(Context context, TaskIds ids, Duration kept) {
    this.context = context;
    this.ids = ids;
    this.kept = kept;
    this.expiries = new Schedule(context.owner());
  }

  /**
   * Begins to wait for the result of a task that is being submitted.
   *
   * @param task who waits
   */
  public void await(Wait task) {
    task.next = awaited.put(task.id(), task);
  }

  /**
   * Begins to wait for the result of a task that was submitted before.
   *
   * @param task who waits; hears nothing before this method has returned
   * @return whether the result is still to come; else the end of the wait is on its way
   */
  public boolean attach(Wait task) {
    String id = task.id();
    Held waiting = held.remove(id);
    if (waiting != null) {
      expiries.remove(waiting.expiry());
      await(task);
      context.runOnContext(later -> arrived(waiting.reply()));
      return false;
    }
    if (isDone(id)) {
      context.runOnContext(later -> task.lose(new OutcomeUnknownException(
          "its result has come to this queue before, and was handed over or dropped",
          task.taskName(),
          id,
          null)));
      return false;
    }
    await(task);
    return true;
  }

  private boolean isDone(String id) {
    return done.contains(id) || (ids.isOurs(id) && !awaited.containsKey(id));
  }

  /**
   * Ends a wait from outside.
   *
   * @param task who waits no more
   */
  public void forget(Wait task) {
    Wait first = awaited.get(task.id());
    Wait rest = without(first, task);
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

  private static @Nullable Wait without(@Nullable Wait row, Wait task) {
    if (row == task) {
      return row.next;
    }
    for (Wait one = row; one != null; one = one.next) {
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

  /**
   * A result has come.
   *
   * @param reply the result
   */
  public void arrived(Reply reply) {
    Wait task = awaited.remove(reply.id());
    if (task != null) {
      remember(reply.id());
      for (Wait one = task; one != null; one = one.next) {
        one.finish(reply.outcome().apply(one));
      }
      reply.settle().run();
    } else if (kept.isZero() || isDone(reply.id()) || held.containsKey(reply.id())) {
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

  /**
   * Calls all who wait for a result.
   *
   * @param id the task's id
   * @param action what to do with each
   * @return whether there was one
   */
  public boolean forEach(String id, Consumer<Wait> action) {
    Wait first = awaited.get(id);
    for (Wait one = first; one != null; one = one.next) {
      action.accept(one);
    }
    return first != null;
  }

  /**
   * Lists what is awaited.
   *
   * @return one who waits for each result
   */
  public List<Wait> awaited() {
    return new ArrayList<>(awaited.values());
  }

  /**
   * The result of a task will not come.
   *
   * @param id the task's id
   * @param why the reason, for all who wait
   */
  public void lose(String id, String why) {
    Wait task = awaited.remove(id);
    if (task != null) {
      remember(id);
    }
    for (Wait one = task; one != null; one = one.next) {
      one.lose(new OutcomeUnknownException(why, one.taskName(), id, null));
    }
  }

  /** The session is gone, and what was not settled is the broker's again. */
  public void disconnected() {
    held.values().forEach(each -> expiries.remove(each.expiry()));
    held.clear();
  }

  /** Drops everything. */
  public void close() {
    expiries.close();
    held.clear();
    awaited.clear();
  }
}
