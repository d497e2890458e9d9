/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.StatsText;
import io.taskwire.beanstalk.codec.TaskTube;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.PutConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away the replies of callers that are gone for good: the broker keeps jobs for ever. Every session of every process
 * does this a little, on the connection that submits.
 *
 * <p>A reply tube says in its name how many seconds it may be unwatched. It is an orphan's if nobody watched it in two
 * sweeps at least half of that apart; then those replies in it go that are older than all of it. Nothing is watched or
 * reserved here: a reserve would hide a reply from a caller that comes back just then.
 *
 * <p>What remains: a caller that comes and goes between sweeps may lose an old reply, and then runs into its time limit.
 */
final class Janitor {

  private static final Logger log = LoggerFactory.getLogger(Janitor.class);

  /** The mean time between sweeps; each is up to a half more or less, so that processes do not sweep in step. */
  static final long SWEEP_MILLIS = 60_000;

  /** The most tubes that one sweep asks about. */
  static final int MOST_TUBES = 64;

  /** The most replies that one sweep deletes. */
  static final int MOST_REPLIES = 1000;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final PutConnection connection;
  private final LongSupplier nanoTime;
  private final DoubleSupplier random;

  /** When a sweep first found a tube without a watcher; none that the broker did not list in the last sweep. */
  private final Map<String, Long> unwatchedSince = new HashMap<>();

  /** The last one asked about in turn; the next sweep goes on behind it. */
  private String last = "";

  private long timer = NO_TIMER;
  private boolean stopped;

  Janitor(Vertx vertx, PutConnection connection, LongSupplier nanoTime, DoubleSupplier random) {
    this.vertx = vertx;
    this.connection = connection;
    this.nanoTime = nanoTime;
    this.random = random;
  }

  /** Sweeps from time to time until it is stopped. */
  void start() {
    if (!stopped) {
      timer = vertx.setTimer(nextWaitMillis(), id -> sweep().onComplete(done -> start()));
    }
  }

  long nextWaitMillis() {
    return (long) (SWEEP_MILLIS * (0.5 + random.getAsDouble()));
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  /**
   * Sweeps once.
   *
   * @return how many replies were deleted; fails only with the connection
   */
  Future<Integer> sweep() {
    return connection.connection().send(new Command.ListTubes()).compose(reply -> {
      if (!(reply instanceof Reply.Ok ok)) {
        log.debug("no sweep, the broker answers list-tubes with {}", reply);
        return Future.succeededFuture(0);
      }
      NavigableSet<String> tubes = new TreeSet<>();
      for (String name : StatsText.list(ok.body())) {
        if (name.startsWith(TaskTube.RESERVED) && ReplyTube.secondsOf(name) > 0) {
          tubes.add(name);
        }
      }
      unwatchedSince.keySet().retainAll(tubes);
      return next(new ArrayDeque<>(choose(tubes)), 0).map(this::swept);
    });
  }

  private int swept(int deleted) {
    if (deleted > 0) {
      // A tube in use does not vanish.
      connection.use(Tube.DEFAULT);
      log.info("deleted {} replies that nobody has fetched, of callers that are gone", deleted);
    }
    return deleted;
  }

  /** Up to half of them those that may be due, the rest in turn. */
  private List<String> choose(NavigableSet<String> tubes) {
    List<String> chosen = new ArrayList<>();
    for (String tube : tubes) {
      if (chosen.size() < MOST_TUBES / 2 && isDue(tube)) {
        chosen.add(tube);
      }
    }
    List<String> inTurn = new ArrayList<>(tubes.tailSet(last, false));
    inTurn.addAll(tubes.headSet(last, true));
    inTurn.removeAll(chosen);
    for (String tube : inTurn.subList(0, Math.min(inTurn.size(), MOST_TUBES - chosen.size()))) {
      chosen.add(tube);
      last = tube;
    }
    return chosen;
  }

  private boolean isDue(String tube) {
    Long since = unwatchedSince.get(tube);
    return since != null
        && nanoTime.getAsLong() - since >= TimeUnit.SECONDS.toNanos(ReplyTube.secondsOf(tube)) / 2;
  }

  private Future<Integer> next(ArrayDeque<String> tubes, int deleted) {
    String name = tubes.poll();
    if (name == null || deleted >= MOST_REPLIES || stopped) {
      return Future.succeededFuture(deleted);
    }
    return connection.connection().send(new Command.StatsTube(Tube.of(name))).compose(reply -> {
      if (!OrphanTube.unwatched(reply)) {
        unwatchedSince.remove(name);
        return next(tubes, deleted);
      }
      if (!isDue(name)) {
        unwatchedSince.putIfAbsent(name, nanoTime.getAsLong());
        return next(tubes, deleted);
      }
      return new OrphanTube(connection, Tube.of(name), ReplyTube.secondsOf(name))
          .clear(MOST_REPLIES - deleted)
          .compose(more -> next(tubes, deleted + more));
    });
  }
}
