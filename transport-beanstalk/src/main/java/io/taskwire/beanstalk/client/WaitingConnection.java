/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.client;

import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A connection that waits for one job, or holds one, or is free. */
final class WaitingConnection {

  private final BeanstalkConnection connection;
  private final WatchedTubes watched = new WatchedTubes();

  WaitingConnection(BeanstalkConnection connection) {
    this.connection = connection;
  }

  /** Waits for a job of the tubes given. */
  Future<Reply> reserve(Command command, WatchedTubes tubes) {
    // A lost connection fails the reserve behind them.
    watched.follow(tubes).forEach(this::ask);
    return ask(command);
  }

  Future<Reply> ask(Command command) {
    Promise<Reply> answer = Promise.promise();
    connection.send(command, answer);
    return answer.future();
  }
}
