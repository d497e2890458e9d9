/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.gearman.admin.OpenAdmin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Looks after one server: what it has to do, who is connected, which jobs it has. These are the commands of Gearman's text
 * protocol ("Administrative Protocol" in its {@code PROTOCOL} document), which travel on a connection of packets: an admin of
 * its own has one, {@link GearmanClient#admin} uses the client's.
 *
 * <p>Its own connection is opened by the first command, and again by the next one after it was lost. Commands are answered in
 * their order. Methods may be called by any thread; futures complete as those of {@link GearmanClient} do.
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
public interface GearmanAdmin extends AutoCloseable {

  /**
   * Makes an admin with a connection and a thread of its own. Returns at once; the first command connects.
   *
   * @param uri the server, as in {@code gearman://localhost:4730?requestTimeout=5s}
   * @return the admin, to be closed
   * @throws io.taskwire.InvalidOptionException if the URI is wrong
   * @throws IllegalArgumentException if it names more than one server
   */
  static GearmanAdmin open(String uri) {
    return open(GearmanOptions.of(uri));
  }

  /**
   * Makes an admin with a connection and a thread of its own. Returns at once; the first command connects.
   *
   * @param options the server, and how it is reached
   * @return the admin, to be closed
   * @throws IllegalArgumentException if the options name more than one server
   */
  static GearmanAdmin open(GearmanOptions options) {
    return OpenAdmin.open(null, options);
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
  static GearmanAdmin open(Vertx vertx, GearmanOptions options) {
    return OpenAdmin.open(vertx, options);
  }

  /**
   * Gives the server that is looked after.
   *
   * @return host and port, as in {@code localhost:4730}
   */
  String server();

  /**
   * {@code status}: what there is to do, by function.
   *
   * @return a row for each function that has jobs or workers, had some, or was created
   */
  Future<List<FunctionStatus>> status();

  /**
   * {@code prioritystatus}: what waits, by function and priority. Not all servers know it.
   *
   * @return a row for each function
   */
  Future<List<FunctionPriorities>> priorityStatus();

  /**
   * {@code workers}: who is connected. In spite of its name clients are in it too; {@link ConnectedPeer#isWorker} tells.
   *
   * @return a row for each connection, the one that asks among them
   */
  Future<List<ConnectedPeer>> workers();

  /**
   * {@code show jobs}: the jobs that wait or run.
   *
   * @return a row for each
   */
  Future<List<ListedJob>> jobs();

  /**
   * {@code show unique jobs}: the unique keys of the jobs that wait or run.
   *
   * @return a key for each job, empty for a job without one
   */
  Future<List<String>> uniqueKeys();

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
  Future<Void> cancelJob(String handle);

  /**
   * {@code create function F}: makes the function known, so that it is in {@link #status} without a job or worker.
   *
   * @param function the function's name, without any namespace being added
   * @return completes as well if it was there
   * @throws IllegalArgumentException if the name holds blanks or control characters, which the command cannot carry
   */
  Future<Void> createFunction(String function);

  /**
   * {@code drop function F}: forgets the function and its jobs that wait. The server refuses while it has workers or a job of
   * it runs, and if it does not know the function; it gives no code for either, only a text.
   *
   * @param function the function's name, without any namespace being added
   * @return completes when the function is gone
   * @throws IllegalArgumentException if the name holds blanks or control characters, which the command cannot carry
   */
  Future<Void> dropFunction(String function);

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
  Future<Void> maxQueue(String function, int limit);

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
  Future<Void> maxQueue(String function, int high, int normal, int low);

  /**
   * {@code maxqueue F}: removes the limits of a function.
   *
   * @param function the function's name, without any namespace being added
   * @return completes when the server has said OK
   * @throws IllegalArgumentException if the name holds blanks or control characters
   */
  Future<Void> unlimitedQueue(String function);

  /**
   * {@code version}: which server it is.
   *
   * @return as in {@code 1.1.20}
   */
  Future<String> version();

  /**
   * {@code getpid}: the server's process.
   *
   * @return the process id
   */
  Future<Long> pid();

  /**
   * {@code verbose}: how much the server logs.
   *
   * @return as in {@code ERROR}
   */
  Future<String> verbosity();

  /**
   * {@code shutdown}: ends the server at once. gearmand 1.1.20 has no such command any more and answers {@code
   * UNKNOWN_COMMAND}; stop its process instead. {@link GearmanServer} knows it.
   *
   * @return completes when the server has said OK
   */
  Future<Void> shutdownServer();

  /**
   * {@code shutdown graceful}: the server takes no more connections, and ends with the last one. As {@link #shutdownServer}, it is
   * unknown to gearmand 1.1.20.
   *
   * @return completes when the server has said OK
   */
  Future<Void> shutdownServerGracefully();

  /**
   * Sends any other command.
   *
   * @param line the command without its line end
   * @return the lines of the answer as they are, without their ends and without the dot behind a list
   * @throws IllegalArgumentException if it is empty or holds a CR, an LF or a NUL
   */
  Future<List<String>> command(String line);

  /**
   * Closes this admin, not the server: its own connection and thread end, and commands without an answer fail. One that came
   * from a client leaves the client as it is. Further calls do nothing.
   *
   * @return completes when all is closed; does not fail
   */
  Future<Void> shutdown();

  /** Does what {@link #shutdown} does, and waits for it unless it is called on an event loop. */
  @Override
  void close();
}
