/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.spi.Ticker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Opens connections, and closes at last what it has opened, also what is just being opened. All on one event loop. */
public final class Connections {

  private final Context context;
  private final Ticker replies;
  private final Set<Connecting> connecting = new HashSet<>();
  private final Set<BeanstalkConnection> open = new HashSet<>();
  private boolean closed;

  /**
   * Prepares; nothing is connected yet.
   *
   * @param replyTimeout that of all its connections
   */
  public Connections(Context context, Duration replyTimeout) {
    this.context = context;
    this.replies = ReplyTimer.ticker(context, replyTimeout);
  }

  /** Fails with what the network said, or in any way once {@link #isClosed()}. */
  public Future<BeanstalkConnection> open(ConnectionOptions options) {
    if (closed) {
      return Future.failedFuture(new BeanstalkClosedException("it was closed", false, null));
    }
    Connecting attempt = new Connecting(context, options, replies);
    connecting.add(attempt);
    return attempt.start().onComplete(done -> connecting.remove(attempt)).onSuccess(connection -> {
      open.add(connection);
      connection.closed().onComplete(ended -> open.remove(connection));
    });
  }

  /** Whether no more are opened. */
  public boolean isClosed() {
    return closed;
  }

  /** Ends all connections because of what has happened to one, and opens no more. */
  public void end(Throwable cause) {
    closed = true;
    List.copyOf(connecting).forEach(Connecting::abort);
    List.copyOf(open).forEach(connection -> connection.end(cause));
  }

  /** Gives up what is being opened, and closes what is open; completes, on no context, when all is closed, and does not fail. */
  public Future<Void> close() {
    closed = true;
    List<Future<Void>> closing = new ArrayList<>();
    List.copyOf(connecting).forEach(attempt -> closing.add(attempt.abort()));
    List.copyOf(open).forEach(connection -> closing.add(connection.close()));
    // Of no context: the loop may end right behind it, and with it all futures of its context.
    Promise<Void> done = Promise.promise();
    Future.join(closing).onComplete(all -> done.complete());
    return done.future();
  }
}
