/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.client;

import io.taskwire.beanstalk.BeanstalkBusyException;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections that wait for jobs beside the one for all else. Each holds a job at most, so that none ever waits while a
 * job on it is to be settled. On the event loop.
 */
final class WaitingConnections {

  private final int limit;
  private final Supplier<Future<BeanstalkConnection>> connector;
  private final Runnable changed;
  private final ArrayDeque<WaitingConnection> free = new ArrayDeque<>();
  private final Map<Long, WaitingConnection> holders = new HashMap<>();

  /** Opened, or being opened. */
  private int opened;

  /**
   * Opens none yet.
   *
   * @param limit how many at most
   * @param connector opens one; the loss of one is the client's end, and no matter of this class
   * @param changed told when {@link #isBusy} may have changed
   */
  WaitingConnections(int limit, Supplier<Future<BeanstalkConnection>> connector, Runnable changed) {
    this.limit = limit;
    this.connector = connector;
    this.changed = changed;
  }

  /** Whether one more reserve would fail. */
  boolean isBusy() {
    return free.isEmpty() && opened == limit;
  }

  /** Waits for a job. */
  void reserve(Command command, WatchedTubes watched, Promise<Reply> answer) {
    WaitingConnection connection = free.poll();
    if (connection != null) {
      reserve(connection, command, watched, answer);
    } else if (opened < limit) {
      opened++;
      connector
          .get()
          .onSuccess(open -> reserve(new WaitingConnection(open), command, watched, answer))
          .onFailure(cause -> {
            opened--;
            changed.run();
            answer.fail(cause);
          });
    } else {
      answer.fail(
          new BeanstalkBusyException(
              "all " + limit
                  + " waiting connections wait for a job or hold one: settle one, or allow more with waitingConnections"));
    }
    changed.run();
  }

  private void reserve(
      WaitingConnection connection, Command command, WatchedTubes watched, Promise<Reply> answer) {
    connection.reserve(command, watched).onComplete((reply, cause) -> {
      Long held = reply == null ? null : held(reply);
      if (held == null) {
        free.add(connection);
      } else {
        holders.put(held, connection);
      }
      changed.run();
      answer.complete(reply, cause);
    });
  }

  private static @Nullable Long held(Reply reply) {
    if (reply instanceof Reply.Reserved reserved) {
      return reserved.id();
    }
    return reply instanceof Reply.Oversized oversized ? oversized.id() : null;
  }

  /**
   * Sends a command about a job that is held here.
   *
   * @return false if it is held elsewhere, if at all
   */
  boolean settle(long id, Command command, Promise<Reply> answer) {
    WaitingConnection holder = holders.get(id);
    if (holder == null) {
      return false;
    }
    holder.ask(command).onComplete((reply, cause) -> {
      if (reply != null && ends(reply) && holders.remove(id, holder)) {
        free.add(holder);
        changed.run();
      }
      answer.complete(reply, cause);
    });
    return true;
  }

  /** Whether the job is not held any more: it was settled, or was lost before. */
  private static boolean ends(Reply reply) {
    return !(reply instanceof Reply.Touched) && !(reply instanceof Reply.ServerError);
  }
}
