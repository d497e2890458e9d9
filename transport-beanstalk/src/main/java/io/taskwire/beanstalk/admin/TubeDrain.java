/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.admin;

import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.DrainedTube;
import io.taskwire.beanstalk.JobState;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deletes what peeking at a tube shows, until nothing is left; over a connection of its own, on the event loop. */
final class TubeDrain {

  private final BeanstalkConnection connection;
  private final String server;
  private final Tube tube;
  private final long bound;
  private final ArrayDeque<JobState> states = new ArrayDeque<>();
  private final Map<JobState, Long> deleted = new EnumMap<>(JobState.class);
  private final Promise<DrainedTube> drained = Promise.promise();

  /** Jobs seen. One that somebody takes before it is deleted counts too: each look is bounded. */
  private long seen;

  private TubeDrain(
      BeanstalkConnection connection, String server, Tube tube, Set<JobState> states, long bound) {
    this.connection = connection;
    this.server = server;
    this.tube = tube;
    this.bound = bound;
    // Delayed ones before ready ones, since they become ready meanwhile.
    for (JobState state : new JobState[] {JobState.BURIED, JobState.DELAYED, JobState.READY}) {
      if (states.contains(state)) {
        this.states.add(state);
      }
    }
  }

  static Future<DrainedTube> begin(
      BeanstalkConnection connection, String server, Tube tube, Set<JobState> states, long bound) {
    TubeDrain drain = new TubeDrain(connection, server, tube, states, bound);
    drain
        .ask(new Command.Use(tube))
        .onSuccess(reply -> {
          if (reply instanceof Reply.Using) {
            drain.look();
          } else {
            drain.refused("use " + tube, reply);
          }
        })
        .onFailure(drain.drained::fail);
    return drain.drained.future();
  }

  private void look() {
    JobState state = states.peek();
    if (state == null || seen == bound) {
      end(state == null);
    } else {
      ask(peek(state)).onSuccess(reply -> seen(state, reply)).onFailure(drained::tryFail);
    }
  }

  private static Command peek(JobState state) {
    return switch (state) {
      case READY -> new Command.PeekReady();
      case DELAYED -> new Command.PeekDelayed();
      case BURIED -> new Command.PeekBuried();
      case RESERVED -> throw new IllegalArgumentException("nobody can peek at reserved jobs");
    };
  }

  private void seen(JobState state, Reply reply) {
    Long id = id(reply);
    if (id != null) {
      seen++;
      ask(new Command.Delete(id))
          .onSuccess(done -> deleted(state, id, done))
          .onFailure(drained::tryFail);
      // In the same write: one round trip a job.
      look();
    } else if (reply instanceof Reply.NotFound) {
      states.poll();
      look();
    } else {
      refused("peek at the " + state + " jobs of " + tube, reply);
    }
  }

  private static @Nullable Long id(Reply reply) {
    if (reply instanceof Reply.Found found) {
      return found.id();
    }
    return reply instanceof Reply.Oversized oversized ? oversized.id() : null;
  }

  private void deleted(JobState state, long id, Reply reply) {
    if (reply instanceof Reply.Deleted) {
      deleted.merge(state, 1L, Long::sum);
    } else if (!(reply instanceof Reply.NotFound)) { // somebody was quicker
      refused("delete " + id, reply);
    }
  }

  private void end(boolean complete) {
    // Behind the last delete.
    ask(new Command.ListTubeUsed())
        .onSuccess(last -> drained.tryComplete(new DrainedTube(
            count(JobState.READY), count(JobState.DELAYED), count(JobState.BURIED), complete)))
        .onFailure(drained::tryFail);
  }

  private long count(JobState state) {
    return deleted.getOrDefault(state, 0L);
  }

  private void refused(String what, Reply reply) {
    drained.tryFail(new BeanstalkReplyException(what + " at " + server, reply));
  }

  private Future<Reply> ask(Command command) {
    return OpenAdmin.ask(connection, command);
  }
}
