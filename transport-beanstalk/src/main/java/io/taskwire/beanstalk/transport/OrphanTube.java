/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.beanstalk.JobStats;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.StatsText;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.PutConnection;
import io.vertx.core.Future;

/**
 * A reply tube that a {@link Janitor} takes for one of a caller that is gone. Its old replies are deleted one by one, oldest
 * first, and before each the broker is asked once more whether somebody watches the tube by now.
 */
final class OrphanTube {

  private final PutConnection connection;
  private final Tube tube;
  private final long seconds;

  /** Those that a caller set aside until somebody asks for them are buried. */
  private boolean readyOnesDone;

  OrphanTube(PutConnection connection, Tube tube, long seconds) {
    this.connection = connection;
    this.tube = tube;
    this.seconds = seconds;
  }

  /** Whether an answer to {@code stats-tube} says that nobody watches. */
  static boolean unwatched(Reply reply) {
    return reply instanceof Reply.Ok ok
        && "0".equals(StatsText.map(ok.body()).get("current-watching"));
  }

  /** Deletes at most so many; gives how many it were. */
  Future<Integer> clear(int most) {
    return clear(most, 0);
  }

  private Future<Integer> clear(int most, int deleted) {
    if (deleted >= most) {
      return Future.succeededFuture(deleted);
    }
    return peek().compose(found -> {
      if (found >= 0) {
        return deleteIfOld(found)
            .compose(gone -> gone ? clear(most, deleted + 1) : Future.succeededFuture(deleted));
      }
      if (readyOnesDone) {
        return Future.succeededFuture(deleted);
      }
      readyOnesDone = true;
      return clear(most, deleted);
    });
  }

  /** The number of the oldest reply; -1 if there is none. */
  private Future<Long> peek() {
    // Sent together with what it depends on: others use other tubes on this connection.
    connection.use(tube);
    return connection
        .connection()
        .send(readyOnesDone ? new Command.PeekBuried() : new Command.PeekReady())
        .map(reply -> {
          if (reply instanceof Reply.Found found) {
            return found.id();
          }
          return reply instanceof Reply.Oversized large ? large.id() : -1L;
        });
  }

  /** False if it has to stay, and with it the younger ones behind it. */
  private Future<Boolean> deleteIfOld(long id) {
    return connection.connection().send(new Command.StatsJob(id)).compose(stats -> {
      if (!(stats instanceof Reply.Ok ok) || JobStats.of(ok.body()).age().toSeconds() <= seconds) {
        return Future.succeededFuture(false);
      }
      return connection.connection().send(new Command.StatsTube(tube)).compose(now -> {
        if (!unwatched(now)) {
          return Future.succeededFuture(false);
        }
        return connection
            .connection()
            .send(new Command.Delete(id))
            .map(Reply.Deleted.class::isInstance);
      });
    });
  }
}
