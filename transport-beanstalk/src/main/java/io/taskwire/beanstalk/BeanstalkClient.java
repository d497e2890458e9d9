/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.client.OpenClient;
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
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * One connection to a beanstalkd, with every command of its protocol, version 1.12.
 *
 * <pre>{@code
 * try (BeanstalkClient client = BeanstalkClient.connect("beanstalk://localhost:11300").await()) {
 *   long id = client.put(Tube.of("mail"), Buffer.buffer("hello"), PutOptions.DEFAULT)
 *       .map(PutReply::orThrow).await().id();
 *   client.watch(Tube.of("mail")).await();
 *   if (client.reserve(Duration.ofSeconds(5)).await() instanceof Reply.Reserved job) {
 *     client.delete(job.id()).map(DeleteReply::orThrow).await();
 *   }
 * }
 * }</pre>
 *
 * <p><b>Replies are values.</b> A future completes with what the server says, also if it refuses: each command has a sealed type
 * of its possible replies. Who prefers exceptions maps with the type's {@code orThrow}, which gives the success alone and throws a
 * {@link BeanstalkReplyException} for the rest.
 *
 * <p><b>Failures.</b> A future fails with
 *
 * <ul>
 *   <li>{@link BeanstalkConnectionException} if the connection is lost before the answer; the server was silent for {@link
 *       BeanstalkOptions#requestTimeout} while it owed one; or what it sends is no answer to the command;
 *   <li>{@link BeanstalkClosedException} if the client is closed;
 *   <li>{@link BeanstalkBusyException} if the command cannot be sent now: a reserve waits, see below, {@link
 *       BeanstalkOptions#maxPipelined} commands are unanswered, or 16 MiB wait for a server that does not read.
 * </ul>
 *
 * Each of them tells whether the command was on its way, {@link BeanstalkException#isSent}. No future stays pending, except that of
 * a {@link #reserve()} without a limit while the server has no job for it.
 *
 * <p>A client is as good as its connection: when that ends, every command without an answer fails, the server gives the jobs that
 * were held to others, and the client stays dead. Connect another one; {@link BeanstalkAdmin} does that by itself.
 *
 * <p><b>Many callers.</b> All methods may be called from any thread, and commands of many callers are under way at once; those of
 * one thread reach the server in their order, and so come the answers. Futures complete on the caller's Vert.x context if there is
 * one, else on the client's event loop, where callbacks must not block; {@code await()} on them works on plain and virtual threads.
 * The tube in use and the tubes watched belong to the connection, and so to all callers together: give the tube with each put
 * where callers differ.
 *
 * <p><b>Waiting and working.</b> While the server waits for a job to answer a {@link #reserve() reserve} with, it reads nothing
 * else from that connection. Until the answer all other commands fail with a {@link BeanstalkBusyException}, nothing being sent.
 * So either wait while no job is held, or use {@link Duration#ZERO} to take jobs beside other commands, or another client. With
 * {@link BeanstalkOptions#waitingConnections} reserves that wait go to further connections of this client: each waits for, and
 * then holds, one job, and other commands go on; what settles a job goes to the connection that holds it. When all of them wait or
 * hold a job, one more reserve that would wait fails with a {@link BeanstalkBusyException}. A change of the watched tubes reaches
 * them with their next reserve. The client ends when one of its connections does.
 *
 * <p>A body over {@link BeanstalkOptions#maxPayload} is skipped as it comes, and told of with a {@link Reply.Oversized}; a job that
 * was reserved with it is held all the same.
 *
 * <p>Durations are rounded up to whole seconds, which is what the server counts in.
 */
public interface BeanstalkClient extends AutoCloseable {

  /**
   * Connects, with an event loop of the client's own.
   *
   * @param uri the server, as in {@code beanstalk://localhost:11300?requestTimeout=5s}
   * @return the client, connected, to be closed; fails with a {@link BeanstalkConnectionException} within {@link
   *     BeanstalkOptions#connectTimeout}. One attempt is made
   * @throws io.taskwire.InvalidOptionException if the URI is wrong
   * @throws IllegalArgumentException if it names more than one server
   */
  static Future<BeanstalkClient> connect(String uri) {
    return connect(BeanstalkOptions.of(uri));
  }

  /**
   * Connects, with an event loop of the client's own.
   *
   * @param options the server, and the limits
   * @return as {@link #connect(String)}
   * @throws io.taskwire.InvalidOptionException if a TLS file cannot be used
   * @throws IllegalArgumentException if the options name more than one server
   */
  static Future<BeanstalkClient> connect(BeanstalkOptions options) {
    return OpenClient.connect(null, options);
  }

  /**
   * Connects, on an event loop of the instance given.
   *
   * @param vertx never closed by the client; the client ends with it
   * @param options the server, and the limits
   * @return as {@link #connect(String)}
   * @throws io.taskwire.InvalidOptionException if a TLS file cannot be used
   * @throws IllegalArgumentException if the options name more than one server
   */
  static Future<BeanstalkClient> connect(Vertx vertx, BeanstalkOptions options) {
    return OpenClient.connect(vertx, options);
  }

  /**
   * Gives the server.
   *
   * @return host and port, as in {@code localhost:11300}
   */
  String server();

  /**
   * Tells whether the connection waits for a job, so that other commands fail now. With {@link
   * BeanstalkOptions#waitingConnections}: whether one more reserve that waits would.
   *
   * @return true from the sending of a reserve that waits to its answer
   */
  boolean isBusy();

  /**
   * {@code put} into the tube in use, see {@link #use}.
   *
   * @param body any bytes; not to be changed until the answer
   * @param options priority, delay, time to run
   * @return {@link Reply.Inserted} with the job's id, or why not
   */
  Future<PutReply> put(Buffer body, PutOptions options);

  /**
   * {@code put} into a tube, whichever is in use for other commands.
   *
   * @param tube the tube
   * @param body any bytes; not to be changed until the answer
   * @param options priority, delay, time to run
   * @return {@link Reply.Inserted} with the job's id, or why not
   */
  Future<PutReply> put(Tube tube, Buffer body, PutOptions options);

  /**
   * {@code use}: chooses the tube of {@link #put(Buffer, PutOptions)}, {@link #peekReady()}, {@link #peekDelayed()}, {@link
   * #peekBuried()} and {@link #kick(long)}.
   *
   * @param tube the tube; at first {@link Tube#DEFAULT}
   * @return {@link Reply.Using}
   */
  Future<UseReply> use(Tube tube);

  /**
   * {@code list-tube-used}: asks for the tube in use.
   *
   * @return {@link Reply.Using}
   */
  Future<UseReply> listTubeUsed();

  /**
   * {@code reserve}: takes a job out of the watched tubes, and waits for one without a limit.
   *
   * @return {@link Reply.Reserved}; {@link Reply.DeadlineSoon} if a job held on this connection has less than a second left
   */
  Future<ReserveReply> reserve();

  /**
   * {@code reserve-with-timeout}: takes a job out of the watched tubes.
   *
   * @param timeout how long to wait for one; with zero the answer comes at once, and other commands go on
   * @return {@link Reply.Reserved}; {@link Reply.TimedOut}; {@link Reply.DeadlineSoon} if a job held on this connection has less
   *     than a second left and none is ready
   * @throws IllegalArgumentException if the timeout is negative, or over 2,147,483,647 s
   */
  Future<ReserveReply> reserve(Duration timeout);

  /**
   * {@code reserve-job}: takes this job, from any tube and state unless somebody holds it.
   *
   * @param id the job
   * @return {@link Reply.Reserved} or {@link Reply.NotFound}
   */
  Future<ReserveJobReply> reserveJob(long id);

  /**
   * {@code delete}: removes a job that this client holds, or that nobody holds.
   *
   * @param id the job
   * @return {@link Reply.Deleted} or {@link Reply.NotFound}
   */
  Future<DeleteReply> delete(long id);

  /**
   * {@code release}: gives back a job that this client holds.
   *
   * @param id the job
   * @param priority its priority from now on, 0 to 4,294,967,295
   * @param delay how long it is kept from being reserved
   * @return {@link Reply.Released} or {@link Reply.NotFound}; {@link Reply.Buried} if the server has no memory for it
   */
  Future<ReleaseReply> release(long id, long priority, Duration delay);

  /**
   * {@code bury}: puts aside a job that this client holds, until it is kicked.
   *
   * @param id the job
   * @param priority its priority from now on, 0 to 4,294,967,295
   * @return {@link Reply.Buried} or {@link Reply.NotFound}
   */
  Future<BuryReply> bury(long id, long priority);

  /**
   * {@code touch}: starts the time to run of a job that this client holds again.
   *
   * @param id the job
   * @return {@link Reply.Touched}; {@link Reply.NotFound} if it is not held here any more
   */
  Future<TouchReply> touch(long id);

  /**
   * {@code watch}: adds a tube to those that reserves take from.
   *
   * @param tube the tube; at first {@link Tube#DEFAULT} is watched
   * @return {@link Reply.Watching}
   */
  Future<WatchReply> watch(Tube tube);

  /**
   * {@code ignore}: takes a tube out of those that reserves take from.
   *
   * @param tube the tube
   * @return {@link Reply.Watching}, also if it was not watched; {@link Reply.NotIgnored} if it is the only one
   */
  Future<IgnoreReply> ignore(Tube tube);

  /**
   * {@code list-tubes-watched}: asks for the tubes that reserves take from.
   *
   * @return {@link Reply.TubeList}
   */
  Future<ListTubesReply> listTubesWatched();

  /**
   * {@code peek}: shows a job.
   *
   * @param id the job
   * @return {@link Reply.Found} or {@link Reply.NotFound}
   */
  Future<PeekReply> peek(long id);

  /**
   * {@code peek-ready}: shows the next ready job of the tube in use.
   *
   * @return {@link Reply.Found} or {@link Reply.NotFound}
   */
  Future<PeekReply> peekReady();

  /**
   * {@code peek-delayed}: shows the delayed job of the tube in use that is due next.
   *
   * @return {@link Reply.Found} or {@link Reply.NotFound}
   */
  Future<PeekReply> peekDelayed();

  /**
   * {@code peek-buried}: shows the job of the tube in use that was buried first.
   *
   * @return {@link Reply.Found} or {@link Reply.NotFound}
   */
  Future<PeekReply> peekBuried();

  /**
   * {@code kick}: makes buried jobs of the tube in use ready, or delayed ones if none is buried.
   *
   * @param bound how many at most, 0 to 4,294,967,295
   * @return {@link Reply.Kicked} with their number
   */
  Future<KickReply> kick(long bound);

  /**
   * {@code kick-job}: makes one buried or delayed job ready.
   *
   * @param id the job
   * @return {@link Reply.KickedJob} or {@link Reply.NotFound}
   */
  Future<KickJobReply> kickJob(long id);

  /**
   * {@code stats}: asks for the numbers of the server.
   *
   * @return {@link ServerStats}
   */
  Future<StatsReply> stats();

  /**
   * {@code stats-job}: asks for the numbers of a job.
   *
   * @param id the job
   * @return {@link JobStats} or {@link Reply.NotFound}
   */
  Future<StatsJobReply> statsJob(long id);

  /**
   * {@code stats-tube}: asks for the numbers of a tube.
   *
   * @param tube the tube
   * @return {@link TubeStats} or {@link Reply.NotFound}: a tube without jobs that nobody uses or watches is gone
   */
  Future<StatsTubeReply> statsTube(Tube tube);

  /**
   * {@code list-tubes}: asks for the tubes there are.
   *
   * @return {@link Reply.TubeList}
   */
  Future<ListTubesReply> listTubes();

  /**
   * {@code pause-tube}: keeps the jobs of a tube from being reserved; puts go on.
   *
   * @param tube the tube
   * @param pause how long; zero ends a pause
   * @return {@link Reply.Paused} or {@link Reply.NotFound}
   */
  Future<PauseTubeReply> pauseTube(Tube tube, Duration pause);

  /**
   * Sends any command as it is.
   *
   * @param command any but {@link Command.Quit}, which {@link #close} takes the place of
   * @return the server's answer; {@link Reply.Ok} for statistics and lists, whose text is left to the caller
   */
  Future<Reply> send(Command command);

  /**
   * Hears of the end of the connection, however it comes.
   *
   * @return completes when it has ended, with the reason; does not fail
   */
  Future<Throwable> ended();

  /**
   * Closes the client. Commands without an answer fail with a {@link BeanstalkClosedException}, and the server gives the jobs
   * that were held to others: await the answers of what matters before. Idempotent.
   *
   * @return completes when the connection is closed and the thread is free; does not fail
   */
  Future<Void> shutdown();

  /** Does what {@link #shutdown} does, and waits for it unless this is an event loop. */
  @Override
  void close();
}
