/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskwire.gearman.ConnectedPeer;
import io.taskwire.gearman.FunctionPriorities;
import io.taskwire.gearman.FunctionStatus;
import io.taskwire.gearman.GearmanAdmin;
import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanCommandException;
import io.taskwire.gearman.GearmanConnectionException;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.ListedJob;
import io.taskwire.gearman.codec.TextAnswer;
import io.taskwire.gearman.codec.TextCommand;
import io.taskwire.gearman.codec.TextError;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends text commands over a connection of its own or of a client. */
public final class OpenAdmin implements GearmanAdmin {

  private final EventLoop loop;
  private final boolean ownsLoop;
  private final String server;
  private final Duration limit;
  private final Supplier<Future<GearmanConnection>> connections;

  private OpenAdmin(
      EventLoop loop,
      boolean ownsLoop,
      String server,
      Duration limit,
      Supplier<Future<GearmanConnection>> connections) {
    this.loop = loop;
    this.ownsLoop = ownsLoop;
    this.server = server;
    this.limit = limit;
    this.connections = connections;
  }

  /**
   * Opens an admin with a connection of its own.
   *
   * @param vertx the caller's instance, null to make one
   * @param options the server and the limits
   */
  public static GearmanAdmin open(@Nullable Vertx vertx, GearmanOptions options) {
    if (options.hosts().size() != 1) {
      throw new IllegalArgumentException("an admin looks after one server, and these options name "
          + options.hosts().size() + ": open one for each");
    }
    EventLoop loop =
        EventLoop.of(vertx, () -> new GearmanClosedException("the admin client is closed", null));
    ConnectionOnDemand connection;
    try {
      connection = new ConnectionOnDemand(loop.context(), options);
    } catch (RuntimeException e) { // a TLS file that cannot be used
      loop.close();
      throw e;
    }
    loop.onClose(connection::close);
    String server = options.hosts().get(0).toString();
    return new OpenAdmin(loop, true, server, options.requestTimeout(), connection::connection);
  }

  /**
   * Uses the connections of somebody else, whose loop it leaves alone.
   *
   * @param connections gives one on the loop, or fails
   */
  public static GearmanAdmin over(
      EventLoop loop,
      String server,
      Duration limit,
      Supplier<Future<GearmanConnection>> connections) {
    return new OpenAdmin(loop, false, server, limit, connections);
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public Future<List<FunctionStatus>> status() {
    return list("status", line -> AdminRows.functionStatus(utf8(line)));
  }

  @Override
  public Future<List<FunctionPriorities>> priorityStatus() {
    return list("prioritystatus", line -> AdminRows.functionPriorities(utf8(line)));
  }

  @Override
  public Future<List<ConnectedPeer>> workers() {
    return list("workers", line -> AdminRows.connectedPeer(utf8(line)));
  }

  @Override
  public Future<List<ListedJob>> jobs() {
    return list("show jobs", AdminRows::listedJob);
  }

  @Override
  public Future<List<String>> uniqueKeys() {
    return list("show unique jobs", OpenAdmin::utf8);
  }

  @Override
  public Future<Void> cancelJob(String handle) {
    return done("cancel job " + argument("job handle", utf8(handle)));
  }

  @Override
  public Future<Void> createFunction(String function) {
    return done("create function " + argument("function", function));
  }

  @Override
  public Future<Void> dropFunction(String function) {
    return done("drop function " + argument("function", function));
  }

  @Override
  public Future<Void> maxQueue(String function, int limit) {
    return done("maxqueue " + argument("function", function) + " " + limit("limit", limit));
  }

  @Override
  public Future<Void> maxQueue(String function, int high, int normal, int low) {
    return done("maxqueue " + argument("function", function) + " " + limit("high", high) + " "
        + limit("normal", normal) + " " + limit("low", low));
  }

  @Override
  public Future<Void> unlimitedQueue(String function) {
    return done("maxqueue " + argument("function", function));
  }

  @Override
  public Future<String> version() {
    return value("version");
  }

  @Override
  public Future<Long> pid() {
    return value("getpid").map(value -> Columns.number("getpid", value, value));
  }

  @Override
  public Future<String> verbosity() {
    return value("verbose");
  }

  @Override
  public Future<Void> shutdownServer() {
    return done("shutdown");
  }

  @Override
  public Future<Void> shutdownServerGracefully() {
    return done("shutdown graceful");
  }

  @Override
  public Future<List<String>> command(String line) {
    return ask(line).map(answer -> answer.lines().stream().map(OpenAdmin::utf8).toList());
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
          .get()
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

  @Override
  public Future<Void> shutdown() {
    return ownsLoop ? loop.close() : Future.succeededFuture();
  }

  @Override
  public void close() {
    if (ownsLoop) {
      loop.closeAndWait();
    }
  }
}
