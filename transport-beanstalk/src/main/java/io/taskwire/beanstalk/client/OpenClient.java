/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.client;

import io.taskwire.beanstalk.BeanstalkClient;
import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkConnectionException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.PutOptions;
import io.taskwire.beanstalk.codec.BuryReply;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.DeleteReply;
import io.taskwire.beanstalk.codec.IgnoreReply;
import io.taskwire.beanstalk.codec.KickJobReply;
import io.taskwire.beanstalk.codec.KickReply;
import io.taskwire.beanstalk.codec.ListTubesReply;
import io.taskwire.beanstalk.codec.PauseTubeReply;
import io.taskwire.beanstalk.codec.PeekReply;
import io.taskwire.beanstalk.codec.PutReply;
import io.taskwire.beanstalk.codec.ReleaseReply;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.ReserveJobReply;
import io.taskwire.beanstalk.codec.ReserveReply;
import io.taskwire.beanstalk.codec.StatsJobReply;
import io.taskwire.beanstalk.codec.StatsReply;
import io.taskwire.beanstalk.codec.StatsTubeReply;
import io.taskwire.beanstalk.codec.TouchReply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.codec.UseReply;
import io.taskwire.beanstalk.codec.WatchReply;
import io.taskwire.beanstalk.connection.BeanstalkConnection;
import io.taskwire.beanstalk.connection.BeanstalkConnector;
import io.taskwire.beanstalk.connection.Seconds;
import io.taskwire.beanstalk.connection.Texts;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The client: the way onto the event loop for commands, and back for replies. */
public final class OpenClient implements BeanstalkClient {

  private final EventLoop loop;
  private final String server;
  private final Commands commands;
  private final Promise<Throwable> ended = Promise.promise();

  private OpenClient(
      EventLoop loop,
      BeanstalkConnector connector,
      BeanstalkOptions options,
      BeanstalkConnection connection) {
    HostPort host = options.hosts().get(0);
    this.loop = loop;
    this.server = host.toString();
    this.commands = new Commands(
        connection,
        options.waitingConnections(),
        () -> connector
            .open(host)
            .onSuccess(further -> endTogether(further, connector))
            .recover(cause -> Future.failedFuture(notConnected(cause))));
    endTogether(connection, connector);
  }

  /** A client is dead when one of its connections is. */
  private void endTogether(BeanstalkConnection connection, BeanstalkConnector connector) {
    connection.closed().onSuccess(cause -> {
      ended.tryComplete(cause);
      connector.end(cause);
    });
  }

  /**
   * Connects.
   *
   * @param vertx the caller's instance, null to make one
   * @param options one server, and the limits
   */
  public static Future<BeanstalkClient> connect(@Nullable Vertx vertx, BeanstalkOptions options) {
    if (options.hosts().size() != 1) {
      throw new IllegalArgumentException(
          "a client has one connection to one server, and these options name "
              + options.hosts().size() + ": connect one to each, or open a producer");
    }
    EventLoop loop = EventLoop.of(vertx, OpenClient::closedHere);
    BeanstalkConnector connector;
    try {
      connector = new BeanstalkConnector(loop.context(), options);
    } catch (RuntimeException e) { // a TLS file that cannot be used
      loop.close();
      throw e;
    }
    loop.onClose(connector::close);
    Promise<BeanstalkClient> client = loop.promise();
    loop.run(
        () -> connector
            .open(options.hosts().get(0))
            .onSuccess(open -> client.complete(new OpenClient(loop, connector, options, open)))
            .onFailure(cause -> loop.close().onComplete(free -> client.fail(notConnected(cause)))),
        () -> client.fail(closedHere()));
    return client.future();
  }

  private static BeanstalkClosedException closedHere() {
    return new BeanstalkClosedException("the client is closed", false, null);
  }

  private static Throwable notConnected(Throwable cause) {
    return cause instanceof BrokerConnectException
        ? new BeanstalkConnectionException(String.valueOf(cause.getMessage()), false, cause)
        : cause;
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public boolean isBusy() {
    return commands.isBusy();
  }

  @Override
  public Future<PutReply> put(Buffer body, PutOptions options) {
    return ask(put(options, body));
  }

  @Override
  public Future<PutReply> put(Tube tube, Buffer body, PutOptions options) {
    Command command = put(options, body);
    Promise<Reply> answer = loop.promise();
    loop.run(() -> commands.send(tube, command, answer), () -> answer.fail(closedHere()));
    return typed(answer);
  }

  private static Command put(PutOptions options, Buffer body) {
    return new Command.Put(
        options.priority(), Seconds.of(options.delay()), Seconds.of(options.timeToRun()), body);
  }

  @Override
  public Future<UseReply> use(Tube tube) {
    return ask(new Command.Use(tube));
  }

  @Override
  public Future<UseReply> listTubeUsed() {
    return ask(new Command.ListTubeUsed());
  }

  @Override
  public Future<ReserveReply> reserve() {
    return ask(new Command.Reserve());
  }

  @Override
  public Future<ReserveReply> reserve(Duration timeout) {
    return ask(new Command.ReserveWithTimeout(Seconds.timeout(timeout)));
  }

  @Override
  public Future<ReserveJobReply> reserveJob(long id) {
    return ask(new Command.ReserveJob(id));
  }

  @Override
  public Future<DeleteReply> delete(long id) {
    return ask(new Command.Delete(id));
  }

  @Override
  public Future<ReleaseReply> release(long id, long priority, Duration delay) {
    return ask(new Command.Release(id, priority, Seconds.of(delay)));
  }

  @Override
  public Future<BuryReply> bury(long id, long priority) {
    return ask(new Command.Bury(id, priority));
  }

  @Override
  public Future<TouchReply> touch(long id) {
    return ask(new Command.Touch(id));
  }

  @Override
  public Future<WatchReply> watch(Tube tube) {
    return ask(new Command.Watch(tube));
  }

  @Override
  public Future<IgnoreReply> ignore(Tube tube) {
    return ask(new Command.Ignore(tube));
  }

  @Override
  public Future<ListTubesReply> listTubesWatched() {
    return send(new Command.ListTubesWatched()).map(Texts::tubes);
  }

  @Override
  public Future<PeekReply> peek(long id) {
    return ask(new Command.Peek(id));
  }

  @Override
  public Future<PeekReply> peekReady() {
    return ask(new Command.PeekReady());
  }

  @Override
  public Future<PeekReply> peekDelayed() {
    return ask(new Command.PeekDelayed());
  }

  @Override
  public Future<PeekReply> peekBuried() {
    return ask(new Command.PeekBuried());
  }

  @Override
  public Future<KickReply> kick(long bound) {
    return ask(new Command.Kick(bound));
  }

  @Override
  public Future<KickJobReply> kickJob(long id) {
    return ask(new Command.KickJob(id));
  }

  @Override
  public Future<StatsReply> stats() {
    return send(new Command.Stats()).map(Texts::server);
  }

  @Override
  public Future<StatsJobReply> statsJob(long id) {
    return send(new Command.StatsJob(id)).map(Texts::job);
  }

  @Override
  public Future<StatsTubeReply> statsTube(Tube tube) {
    return send(new Command.StatsTube(tube)).map(Texts::tube);
  }

  @Override
  public Future<ListTubesReply> listTubes() {
    return send(new Command.ListTubes()).map(Texts::tubes);
  }

  @Override
  public Future<PauseTubeReply> pauseTube(Tube tube, Duration pause) {
    return ask(new Command.PauseTube(tube, Seconds.of(pause)));
  }

  @Override
  public Future<Reply> send(Command command) {
    Promise<Reply> answer = loop.promise();
    loop.run(() -> commands.send(command, answer), () -> answer.fail(closedHere()));
    return answer.future();
  }

  private <R extends Reply> Future<R> ask(Command command) {
    Promise<Reply> answer = loop.promise();
    loop.run(() -> commands.send(command, answer), () -> answer.fail(closedHere()));
    return typed(answer);
  }

  // The connection completes a command only with one of the replies that it may have.
  @SuppressWarnings("unchecked")
  private static <R extends Reply> Future<R> typed(Promise<Reply> answer) {
    return (Future<R>) answer.future();
  }

  @Override
  public Future<Throwable> ended() {
    Promise<Throwable> end = loop.promise();
    loop.run(() -> ended.future().onComplete(end), () -> end.complete(closedHere()));
    return end.future();
  }

  @Override
  public Future<Void> shutdown() {
    return loop.close();
  }

  @Override
  public void close() {
    loop.closeAndWait();
  }
}
