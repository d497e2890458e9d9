/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskwire.gearman.codec.TextAnswer;
import io.taskwire.gearman.codec.TextCommand;
import io.taskwire.gearman.codec.TextError;
import io.taskwire.gearman.connection.ConnectionOnDemand;
import io.taskwire.gearman.connection.ConnectionSource;
import io.taskwire.gearman.connection.EventLoop;
import io.taskwire.spi.BrokerConnectException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Looks after one server: what it has to do, who is connected, which jobs it has. These are the commands of Gearman's text
 * protocol ("Administrative Protocol" in its {@code PROTOCOL} document), which travel on a connection of packets: an admin of
 * its own has one, {@link GearmanClient#admin(String)} uses the client's.
 *
 * <p>Its own connection is opened by the first command, and again by the next one after it was lost. Commands are answered in
 * their order. Methods may be called by any thread; futures complete as those of a client do.
 *
 * <p>Each future fails with
 *
 * <ul>
 *   <li>{@link GearmanCommandException} if the server refuses the command or leaves it unanswered, as gear's server does with
 *       most;
 *   <li>{@link GearmanTimeoutException} if it says nothing within {@code requestTimeout}; the command may have been obeyed
 *       all the same;
 *   <li>{@link GearmanConnectionException} if the server cannot be connected, or the connection is lost before the answer;
 *   <li>{@link GearmanClosedException} if the admin, or the client that it came from, is closed.
 * </ul>
 */
public final class GearmanAdmin implements AutoCloseable {

  private final EventLoop loop;
  private final boolean ownsLoop;
  private final String server;
  private final Duration limit;
  private final ConnectionSource connections;
  private final Promise<Void> closed = Promise.promise();

  /** Any thread begins. */
  private final AtomicBoolean closing = new AtomicBoolean();

  private GearmanAdmin(
      EventLoop loop,
      boolean ownsLoop,
      String server,
      Duration limit,
      ConnectionSource connections) {
    this.loop = loop;
    this.ownsLoop = ownsLoop;
    this.server = server;
    this.limit = limit;
    this.connections = connections;
  }

  /**
   * Makes an admin with a connection and a thread of its own. Returns at once; the first command connects.
   *
   * @param uri the server, as in {@code gearman://localhost:4730?requestTimeout=5s}
   * @return the admin, to be closed
   * @throws io.taskwire.InvalidOptionException if the URI is wrong
   * @throws IllegalArgumentException if it names more than one server
   */
  public static GearmanAdmin open(String uri) {
    return open(GearmanOptions.of(uri));
  }

  /**
   * Makes an admin with a connection and a thread of its own. Returns at once; the first command connects.
   *
   * @param options the server, and how it is reached
   * @return the admin, to be closed
   * @throws IllegalArgumentException if the options name more than one server
   */
  public static GearmanAdmin open(GearmanOptions options) {
    return open(options, EventLoop.of(null));
  }

  /**
   * Makes an admin with a connection of its own on an event loop of the instance given. Returns at once; the first command
   * connects.
   *
   * @param vertx the instance, which is never closed here
   * @param options the server, and how it is reached
   * @return the admin, to be closed
   * @throws IllegalArgumentException if the options name more than one server
   */
  public static GearmanAdmin open(Vertx vertx, GearmanOptions options) {
    return open(options, EventLoop.of(vertx));
  }

  /** One that uses the connections of somebody else, and leaves the loop alone. */
  static GearmanAdmin over(
      EventLoop loop, String server, Duration limit, ConnectionSource connections) {
    return new GearmanAdmin(loop, false, server, limit, connections);
  }

  private static GearmanAdmin open(GearmanOptions options, EventLoop loop) {
    if (options.hosts().size() != 1) {
      throw new IllegalArgumentException("an admin looks after one server, and these options name "
          + options.hosts().size() + ": open one for each");
    }
    ConnectionSource connection = new ConnectionOnDemand(loop, options);
    return new GearmanAdmin(
        loop, true, options.hosts().get(0).toString(), options.requestTimeout(), connection);
  }

  /**
   * Gives the server that is looked after.
   *
   * @return host and port, as in {@code localhost:4730}
   */
  public String server() {
    return server;
  }

  /**
   * {@code status}: what there is to do, by function.
   *
   * @return a row for each function that has jobs or workers, had some, or was created
   */
  public Future<List<FunctionStatus>> status() {
    return list("status", line -> FunctionStatus.parse(utf8(line)));
  }

  /**
   * {@code prioritystatus}: what waits, by function and priority. Not all servers know it.
   *
   * @return a row for each function
   */
  public Future<List<FunctionPriorities>> priorityStatus() {
    return list("prioritystatus", line -> FunctionPriorities.parse(utf8(line)));
  }

  /**
   * {@code workers}: who is connected. In spite of its name clients are in it too; {@link ConnectedPeer#isWorker} tells.
   *
   * @return a row for each connection, the one that asks among them
   */
  public Future<List<ConnectedPeer>> workers() {
    return list("workers", line -> ConnectedPeer.parse(utf8(line)));
  }

  /**
   * {@code show jobs}: the jobs that wait or run.
   *
   * @return a row for each
   */
  public Future<List<ListedJob>> jobs() {
    return list("show jobs", ListedJob::parse);
  }

  /**
   * {@code show unique jobs}: the unique keys of the jobs that wait or run.
   *
   * @return a key for each job, empty for a job without one
   */
  public Future<List<String>> uniqueKeys() {
    return list("show unique jobs", GearmanAdmin::utf8);
  }

  /**
   * {@code cancel job H}: a job that waits does not run any more, and its foreground client hears that it failed.
   *
   * <p>gearmand says OK for every job it knows, running or cancelled before: a running job runs on to its end, though its
   * client hears of a failure first. A cancelled job counts in {@link #status} until a worker would have got it.
   *
   * @param handle the job handle
   * @return fails with the code {@code UNKNOWN_JOB} if the server does not know the job: it is done, or never was
   * @throws IllegalArgumentException if the handle cannot be one
   */
  public Future<Void> cancelJob(String handle) {
    return done("cancel job " + argument("job handle", utf8(handle)));
  }

  /**
   * {@code create function F}: makes the function known, so that it is in {@link #status} without a job or worker.
   *
   * @param function the function's name, without any namespace being added
   * @return completes as well if it was there
   * @throws IllegalArgumentException if the name holds blanks or control characters, which the command cannot carry
   */
  public Future<Void> createFunction(String function) {
    return done("create function " + argument("function", function));
  }

  /**
   * {@code drop function F}: forgets the function and its jobs that wait. The server refuses while it has workers or a job of
   * it runs, and if it does not know the function; it gives no code for either, only a text.
   *
   * @param function the function's name, without any namespace being added
   * @return completes when the function is gone
   * @throws IllegalArgumentException if the name holds blanks or control characters, which the command cannot carry
   */
  public Future<Void> dropFunction(String function) {
    return done("drop function " + argument("function", function));
  }

  /**
   * {@code maxqueue F n}: limits how many jobs of a function may wait at each priority. What is over the limit is refused when
   * it is submitted, unless it joins a job that waits.
   *
   * <p>gearmand says OK for a function it does not know, and does nothing: {@link #createFunction} first.
   *
   * @param function the function's name, without any namespace being added
   * @param limit the most jobs that wait; 0 for no limit
   * @return completes when the server has said OK
   * @throws IllegalArgumentException if the name holds blanks or control characters, or the limit is negative
   */
  public Future<Void> maxQueue(String function, int limit) {
    return done("maxqueue " + argument("function", function) + " " + limit("limit", limit));
  }

  /**
   * {@code maxqueue F n n n}: the same with a limit of its own for each priority.
   *
   * @param function the function's name, without any namespace being added
   * @param high the most waiting jobs of high priority; 0 for no limit
   * @param normal the most of normal priority; 0 for no limit
   * @param low the most of low priority; 0 for no limit
   * @return completes when the server has said OK
   * @throws IllegalArgumentException if the name holds blanks or control characters, or a limit is negative
   */
  public Future<Void> maxQueue(String function, int high, int normal, int low) {
    return done("maxqueue " + argument("function", function) + " " + limit("high", high) + " "
        + limit("normal", normal) + " " + limit("low", low));
  }

  /**
   * {@code maxqueue F}: removes the limits of a function.
   *
   * @param function the function's name, without any namespace being added
   * @return completes when the server has said OK
   * @throws IllegalArgumentException if the name holds blanks or control characters
   */
  public Future<Void> unlimitedQueue(String function) {
    return done("maxqueue " + argument("function", function));
  }

  /**
   * {@code version}: which server it is.
   *
   * @return as in {@code 1.1.20}
   */
  public Future<String> version() {
    return value("version");
  }

  /**
   * {@code getpid}: the server's process.
   *
   * @return the process id
   */
  public Future<Long> pid() {
    return value("getpid").map(value -> Columns.number("getpid", value, value));
  }

  /**
   * {@code verbose}: how much the server logs.
   *
   * @return as in {@code ERROR}
   */
  public Future<String> verbosity() {
    return value("verbose");
  }

  /**
   * {@code shutdown}: ends the server at once. gearmand 1.1.20 has no such command any more and answers {@code
   * UNKNOWN_COMMAND}; stop its process instead. {@code GearmanServer} knows it.
   *
   * @return completes when the server has said OK
   */
  public Future<Void> shutdownServer() {
    return done("shutdown");
  }

  /**
   * {@code shutdown graceful}: the server takes no more connections, and ends with the last one. As {@link #shutdownServer}, it is
   * unknown to gearmand 1.1.20.
   *
   * @return completes when the server has said OK
   */
  public Future<Void> shutdownServerGracefully() {
    return done("shutdown graceful");
  }

  /**
   * Sends any other command.
   *
   * @param line the command without its line end
   * @return the lines of the answer as they are, without their ends and without the dot behind a list
   * @throws IllegalArgumentException if it is empty or holds a CR, an LF or a NUL
   */
  public Future<List<String>> command(String line) {
    return ask(line)
        .map(answer -> answer.lines().stream().map(GearmanAdmin::utf8).toList());
  }

  private <T> Future<List<T>> list(String command, Function<String, T> parse) {
    return ask(command).map(answer -> {
      if (!answer.isList()) {
        throw Columns.unreadable(command, String.join(" ", answer.lines()));
      }
      return answer.lines().stream().map(parse).toList();
    });
  }

  private Future<String> value(String command) {
    return ask(command).map(answer -> utf8(answer.value()));
  }

  private Future<Void> done(String command) {
    return ask(command).mapEmpty();
  }

  private Future<TextAnswer> ask(String line) {
    TextCommand command = new TextCommand(line);
    return loop.call(() -> {
      long began = System.nanoTime();
      return connections
          .connection()
          .compose(
              connection -> connection.ask(command, limit.minusNanos(System.nanoTime() - began)))
          .map(answer -> accepted(line, answer))
          .recover(cause -> Future.failedFuture(
              cause instanceof BrokerConnectException broken
                  ? new GearmanConnectionException(String.valueOf(broken.getMessage()), broken)
                  : cause));
    });
  }

  private TextAnswer accepted(String line, TextAnswer answer) {
    TextError error = answer.error();
    if (error != null) {
      throw new GearmanCommandException(server, line, error.code(), error.text());
    }
    return answer;
  }

  private static String argument(String what, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the " + what + " is empty");
    }
    for (int at = 0; at < value.length(); at++) {
      if (value.charAt(at) <= ' ' || value.charAt(at) == 0x7f) {
        throw new IllegalArgumentException("the " + what
            + " holds a blank or a control character, which would end it in a text command");
      }
    }
    return value;
  }

  private static int limit(String what, int value) {
    if (value < 0) {
      throw new IllegalArgumentException("the " + what + " must be 0 or more: " + value);
    }
    return value;
  }

  /** Names are UTF-8; the codec gives a char for each byte. */
  private static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  /**
   * Closes this admin, not the server: its own connection and thread end, and commands without an answer fail. One that came
   * from a client leaves the client as it is. Further calls do nothing.
   *
   * @return completes when all is closed; does not fail
   */
  public Future<Void> shutdown() {
    if (closing.compareAndSet(false, true)) {
      loop.run(
          () -> connections
              .close()
              .transform(ignored -> ownsLoop ? loop.close() : Future.succeededFuture())
              .onComplete(ignored -> closed.tryComplete()),
          () -> closed.tryComplete());
    }
    return closed.future();
  }

  /** Does what {@link #shutdown} does, and waits for it unless it is called on an event loop. */
  @Override
  public void close() {
    Future<Void> done = shutdown();
    if (Context.isOnEventLoopThread()) {
      return;
    }
    try {
      done.toCompletionStage().toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("closing failed, which it never should", e.getCause());
    }
  }
}
