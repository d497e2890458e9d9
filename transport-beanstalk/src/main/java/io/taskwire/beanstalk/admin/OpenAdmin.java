/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.admin;

import io.taskwire.beanstalk.BeanstalkAdmin;
import io.taskwire.beanstalk.BeanstalkClosedException;
import io.taskwire.beanstalk.BeanstalkConnectionException;
import io.taskwire.beanstalk.BeanstalkOptions;
import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.DrainedTube;
import io.taskwire.beanstalk.JobState;
import io.taskwire.beanstalk.JobStats;
import io.taskwire.beanstalk.ServerStats;
import io.taskwire.beanstalk.TubeStats;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends commands over a connection of its own. */
public final class OpenAdmin implements BeanstalkAdmin {

  private static final int TUBES_AT_ONCE = 500;

  private final EventLoop loop;
  private final String server;
  private final ConnectionOnDemand connections;

  private OpenAdmin(EventLoop loop, HostPort host, BeanstalkConnector connector) {
    this.loop = loop;
    this.server = host.toString();
    this.connections = new ConnectionOnDemand(host, connector);
  }

  /**
   * Opens an admin.
   *
   * @param vertx the caller's instance, null to make one
   * @param options the server and the limits
   */
  public static BeanstalkAdmin open(@Nullable Vertx vertx, BeanstalkOptions options) {
    if (options.hosts().size() != 1) {
      throw new IllegalArgumentException("an admin looks after one server, and these options name "
          + options.hosts().size() + ": openEach opens one for each");
    }
    return open(vertx, options, options.hosts().get(0));
  }

  /** Opens an admin for each server. */
  public static List<BeanstalkAdmin> openEach(BeanstalkOptions options) {
    List<BeanstalkAdmin> admins = new ArrayList<>();
    try {
      options.hosts().forEach(host -> admins.add(open(null, options, host)));
    } catch (RuntimeException e) { // a TLS file that cannot be used
      admins.forEach(BeanstalkAdmin::shutdown);
      throw e;
    }
    return admins;
  }

  private static BeanstalkAdmin open(
      @Nullable Vertx vertx, BeanstalkOptions options, HostPort host) {
    EventLoop loop = EventLoop.of(
        vertx, () -> new BeanstalkClosedException("the admin client is closed", false, null));
    BeanstalkConnector connector;
    try {
      connector = new BeanstalkConnector(loop.context(), options);
    } catch (RuntimeException e) { // a TLS file that cannot be used
      loop.close();
      throw e;
    }
    loop.onClose(connector::close);
    return new OpenAdmin(loop, host, connector);
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public Future<ServerStats> stats() {
    return ask(new Command.Stats())
        .map(reply -> success("stats", Texts.server(reply), ServerStats.class));
  }

  @Override
  public Future<List<Tube>> tubeNames() {
    return on(this::tubeNames);
  }

  private Future<List<Tube>> tubeNames(BeanstalkConnection connection) {
    return ask(connection, new Command.ListTubes())
        .map(reply ->
            success("list-tubes", Texts.tubes(reply), Reply.TubeList.class).tubes());
  }

  @Override
  public Future<List<TubeStats>> tubes() {
    return on(connection -> tubeNames(connection)
        .compose(tubes -> tubes(connection, tubes.iterator(), new ArrayList<>())));
  }

  /** So many at a time that no more than a few are under way, however many there are. */
  private Future<List<TubeStats>> tubes(
      BeanstalkConnection connection, Iterator<Tube> tubes, List<TubeStats> found) {
    List<Future<Void>> asked = new ArrayList<>();
    while (tubes.hasNext() && asked.size() < TUBES_AT_ONCE) {
      Tube tube = tubes.next();
      asked.add(ask(connection, new Command.StatsTube(tube)).map(reply -> {
        if (!(reply instanceof Reply.NotFound)) {
          found.add(tube(tube, reply));
        }
        return null;
      }));
    }
    return Future.all(asked)
        .compose(all ->
            tubes.hasNext() ? tubes(connection, tubes, found) : Future.succeededFuture(found));
  }

  @Override
  public Future<TubeStats> tubeStats(Tube tube) {
    return ask(new Command.StatsTube(tube)).map(reply -> tube(tube, reply));
  }

  private TubeStats tube(Tube tube, Reply reply) {
    return success("stats-tube " + tube, Texts.tube(reply), TubeStats.class);
  }

  @Override
  public Future<JobStats> jobStats(long id) {
    return ask(new Command.StatsJob(id)).map(reply -> job(id, reply));
  }

  private JobStats job(long id, Reply reply) {
    return success("stats-job " + id, Texts.job(reply), JobStats.class);
  }

  @Override
  public Future<Optional<Reply.Found>> peek(long id) {
    return ask(new Command.Peek(id)).map(reply -> found("peek " + id, reply));
  }

  @Override
  public Future<Optional<Reply.Found>> peekReady(Tube tube) {
    return ask(tube, new Command.PeekReady()).map(reply -> found("peek-ready in " + tube, reply));
  }

  @Override
  public Future<Optional<Reply.Found>> peekDelayed(Tube tube) {
    return ask(tube, new Command.PeekDelayed())
        .map(reply -> found("peek-delayed in " + tube, reply));
  }

  @Override
  public Future<Optional<Reply.Found>> peekBuried(Tube tube) {
    return ask(tube, new Command.PeekBuried()).map(reply -> found("peek-buried in " + tube, reply));
  }

  private Optional<Reply.Found> found(String what, Reply reply) {
    return reply instanceof Reply.NotFound
        ? Optional.empty()
        : Optional.of(success(what, reply, Reply.Found.class));
  }

  @Override
  public Future<Long> kick(Tube tube, long bound) {
    return ask(tube, new Command.Kick(bound))
        .map(reply -> success("kick in " + tube, reply, Reply.Kicked.class).count());
  }

  @Override
  public Future<Void> kickJob(long id) {
    return done("kick-job " + id, new Command.KickJob(id), Reply.KickedJob.class);
  }

  @Override
  public Future<Void> pause(Tube tube, Duration pause) {
    return done(
        "pause-tube " + tube, new Command.PauseTube(tube, Seconds.of(pause)), Reply.Paused.class);
  }

  @Override
  public Future<Void> delete(long id) {
    return done("delete " + id, new Command.Delete(id), Reply.Deleted.class);
  }

  @Override
  public Future<Void> bury(long id) {
    Command stats = new Command.StatsJob(id);
    return on(connection -> ask(connection, stats)
        .map(reply -> job(id, reply))
        .compose(job -> bury(connection, id, job.priority())));
  }

  private Future<Void> bury(BeanstalkConnection connection, long id, long priority) {
    return ask(connection, new Command.ReserveJob(id))
        .map(reply -> reply instanceof Reply.Oversized
            ? reply // it is held all the same
            : success("reserve-job " + id, reply, Reply.Reserved.class))
        .compose(held -> ask(connection, new Command.Bury(id, priority)))
        .compose(reply -> reply instanceof Reply.Buried
            ? Future.<Void>succeededFuture()
            : ask(connection, new Command.Release(id, priority, 0))
                .compose(released -> Future.failedFuture(refused("bury " + id, reply))));
  }

  @Override
  public Future<DrainedTube> drain(Tube tube, Set<JobState> states, long bound) {
    Set<JobState> wanted = Set.copyOf(states);
    if (wanted.contains(JobState.RESERVED)) {
      throw new IllegalArgumentException(
          "jobs that workers hold cannot be drained: stop the workers, or wait for them");
    }
    if (bound < 0) {
      throw new IllegalArgumentException("a bound is 0 or more, not " + bound);
    }
    return call(() -> connections
        .another()
        .compose(connection -> TubeDrain.begin(connection, server, tube, wanted, bound)
            .onComplete(drained -> connection.close())));
  }

  private Future<Void> done(String what, Command command, Class<? extends Reply> expected) {
    return ask(command).map(reply -> success(what, reply, expected)).mapEmpty();
  }

  private <R extends Reply> R success(String what, Reply reply, Class<R> expected) {
    if (expected.isInstance(reply)) {
      return expected.cast(reply);
    }
    throw refused(what, reply);
  }

  private BeanstalkReplyException refused(String what, Reply reply) {
    return new BeanstalkReplyException(what + " at " + server, reply);
  }

  private Future<Reply> ask(Command command) {
    return on(connection -> ask(connection, command));
  }

  /** Uses the tube for this command only: a tube in use would stay in the lists of the server. */
  private Future<Reply> ask(Tube tube, Command command) {
    return on(connection -> {
      Future<Reply> used = ask(connection, new Command.Use(tube));
      Future<Reply> answer = ask(connection, command);
      Future<Reply> left = ask(connection, new Command.Use(Tube.DEFAULT));
      return used.compose(reply -> reply instanceof Reply.Using
          ? left.compose(behind -> answer)
          : Future.failedFuture(refused("use " + tube, reply)));
    });
  }

  /** On the event loop, and at once: commands that belong together are sent without another between them. */
  static Future<Reply> ask(BeanstalkConnection connection, Command command) {
    Promise<Reply> answer = Promise.promise();
    connection.send(command, answer);
    return answer.future();
  }

  private <T> Future<T> on(Function<BeanstalkConnection, Future<T>> work) {
    return call(() -> connections.connection().compose(work));
  }

  private <T> Future<T> call(Supplier<Future<T>> work) {
    return loop.call(work)
        .recover(cause -> Future.failedFuture(
            cause instanceof BrokerConnectException
                ? new BeanstalkConnectionException(String.valueOf(cause.getMessage()), false, cause)
                : cause));
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
