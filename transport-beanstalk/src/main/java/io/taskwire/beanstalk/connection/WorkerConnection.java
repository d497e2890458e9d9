/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link ReserveLoop}. It is <i>waiting</i>, with one reserve that blocks and no job held, or
 * <i>working</i>, with jobs held and polls outstanding, or idle.
 *
 * <p>The broker carries out the commands of a connection in order: a job counts as given up when the command that ends it
 * is sent, so that a blocking reserve may follow in the same write.
 */
final class WorkerConnection {

  /** The most jobs held at once; touching them all must stay cheap for the broker, which has one thread. */
  static final int MAX_HELD = 256;

  /** How long one reserve waits; its end is the sign of life of an idle connection. */
  private static final int WAIT_SECONDS = 20;

  private final PutConnection puts;
  private final ReserveLoop loop;
  private final Map<Long, ReservedJob> held = new LinkedHashMap<>();

  private int polls;
  private boolean waiting;
  private int unanswered;
  private boolean retired;

  private WorkerConnection(BeanstalkConnection connection, ReserveLoop loop) {
    this.puts = new PutConnection(connection);
    this.loop = loop;
  }

  /** Watches the tubes and nothing else; completes when the broker has answered that it does. */
  static Future<WorkerConnection> start(
      BeanstalkConnection connection, List<Tube> tubes, ReserveLoop loop) {
    List<Future<Reply>> watched = new ArrayList<>(tubes.size() + 1);
    for (Tube tube : tubes) {
      watched.add(connection.send(new Command.Watch(tube)));
    }
    // A worker of the default tube watches it from the beginning.
    if (!tubes.contains(Tube.DEFAULT)) {
      watched.add(connection.send(new Command.Ignore(Tube.DEFAULT)));
    }
    return Future.all(watched)
        .map(v -> new WorkerConnection(connection, loop))
        .onFailure(cause -> connection.close());
  }

  BeanstalkConnection connection() {
    return puts.connection();
  }

  boolean isWaiting() {
    return waiting;
  }

  boolean isIdle() {
    return held.isEmpty() && polls == 0 && !waiting;
  }

  boolean isRetired() {
    return retired;
  }

  /** Reserves without an answer. */
  int outstanding() {
    return polls + (waiting ? 1 : 0);
  }

  /** Commands that end jobs, without an answer. */
  int unanswered() {
    return unanswered;
  }

  int polls() {
    return polls;
  }

  int holds() {
    return held.size();
  }

  List<ReservedJob> held() {
    return new ArrayList<>(held.values());
  }

  /** Returns what was held under the same number: its time to run is over, and the broker has given it out again. */
  @Nullable
  ReservedJob hold(ReservedJob job) {
    return held.put(job.id(), job);
  }

  void letGo(ReservedJob job) {
    held.remove(job.id(), job);
  }

  void waitForJob() {
    waiting = true;
    reserve(WAIT_SECONDS);
  }

  void poll() {
    polls++;
    reserve(0);
  }

  private void reserve(int seconds) {
    Command.ReserveWithTimeout command = new Command.ReserveWithTimeout(seconds);
    Future<Reply> answer =
        seconds > 0 ? connection().send(command) : connection().sendUnhurried(command);
    answer.onSuccess(reply -> {
      if (seconds > 0) {
        waiting = false;
        if (reply instanceof Reply.TimedOut) {
          // A tube in use does not vanish: an idle worker keeps nobody's reply tube alive.
          puts.use(Tube.DEFAULT);
        }
      } else {
        polls--;
      }
      loop.reserved(this, reply, seconds == 0);
    });
  }

  Future<Reply> send(Command command) {
    return connection().send(command);
  }

  /** Sends the command that ends a job. */
  Future<Reply> end(ReservedJob job, Command command) {
    letGo(job);
    unanswered++;
    return connection().sendUnhurried(command).onComplete(answer -> unanswered--);
  }

  PutConnection puts() {
    return puts;
  }

  /** Closes the connection without its end counting as a loss; the broker gives what it holds to others. */
  Future<Void> retire() {
    retired = true;
    return connection().close();
  }
}
