/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.MalformedReplyException;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.Tls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens connections as options want them, and closes at last what it has opened. All on one event loop. */
public final class BeanstalkConnector {

  private final Context context;
  private final BeanstalkOptions options;
  private final @Nullable Tls tls;
  private final Set<Connecting> connecting = new HashSet<>();
  private final Set<BeanstalkConnection> open = new HashSet<>();
  private boolean closed;

  /**
   * Prepares; nothing is connected yet.
   *
   * @throws io.taskwire.InvalidOptionException if a TLS file cannot be used
   */
  public BeanstalkConnector(Context context, BeanstalkOptions options) {
    this.context = context;
    this.options = options;
    this.tls =
        options.isTls() ? Tls.of(context.owner(), options.tlsFiles(), options.sslOptions()) : null;
  }

  /**
   * Opens a connection.
   *
   * @return a connection whose server has answered; fails with a {@link BrokerConnectException}, or a {@link
   *     BeanstalkClosedException} once this is closed
   */
  public Future<BeanstalkConnection> open(HostPort host) {
    if (closed) {
      return Future.failedFuture(closedHere(host));
    }
    long began = System.nanoTime();
    Connecting attempt = new Connecting(context, connectionOptions(host));
    connecting.add(attempt);
    return attempt
        .start()
        .onComplete(done -> connecting.remove(attempt))
        .compose(connection -> greet(connection, began))
        .recover(cause -> Future.failedFuture(closed ? closedHere(host) : judged(host, cause)));
  }

  private ConnectionOptions connectionOptions(HostPort host) {
    ConnectionOptions plain = new ConnectionOptions(
        host.host(),
        host.port(),
        options.connectTimeout(),
        options.requestTimeout(),
        options.maxPayload(),
        options.maxPipelined(),
        null);
    return tls == null ? plain : plain.withSsl(tls.clientOptions());
  }

  /** With TLS 1.3 a refusal of the client's certificate comes after the handshake, and any server takes a connection. */
  private Future<BeanstalkConnection> greet(BeanstalkConnection connection, long began) {
    open.add(connection);
    connection.closed().onComplete(ended -> open.remove(connection));
    long left = options.connectTimeout().toMillis() - (System.nanoTime() - began) / 1_000_000;
    return TimeLimit.of(
            context.owner(), Math.max(1, left), connection.send(new Command.ListTubeUsed()))
        .map(connection)
        .onFailure(cause -> connection.close());
  }

  private BrokerConnectException judged(HostPort host, Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof MalformedReplyException) {
        return new BrokerConnectException(
            host + " does not speak as beanstalkd does: " + at.getMessage(), false, cause);
      }
    }
    return tls == null
        ? BrokerConnectException.of(host.toString(), cause)
        : tls.failed(host.toString(), cause);
  }

  private static BeanstalkClosedException closedHere(HostPort host) {
    return new BeanstalkClosedException(
        "the connection to " + host + " was closed by this side", false, null);
  }

  /** Ends all connections because of what has happened to one, and opens no more; on the event loop. */
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
