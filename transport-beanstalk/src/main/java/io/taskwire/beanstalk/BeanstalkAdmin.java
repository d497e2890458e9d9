/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.admin.OpenAdmin;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks after one server: which tubes it has, which jobs are in them, and what is to become of those. For several servers open
 * one for {@linkplain #openEach each}: the number of a job means something at its server only.
 *
 * <p>Its connection is opened by the first command, and again by the next one after it was lost. Methods may be called from any
 * thread; futures complete as those of {@link BeanstalkClient} do.
 *
 * <p>Each future fails with
 *
 * <ul>
 *   <li>{@link BeanstalkReplyException} if the server answers with something else than success, as {@code NOT_FOUND} for a job
 *       or tube that is not there: a tube without jobs that nobody uses or watches is gone;
 *   <li>{@link BeanstalkConnectionException} if the server cannot be connected, says nothing within {@link
 *       BeanstalkOptions#requestTimeout}, or the connection is lost before the answer;
 *   <li>{@link BeanstalkClosedException} if the admin is closed.
 * </ul>
 */
public interface BeanstalkAdmin extends AutoCloseable {

  /**
   * Makes an admin with a connection and a thread of its own. Returns at once; the first command connects.
   *
   * @param uri the server, as in {@code beanstalk://localhost:11300?requestTimeout=5s}
   * @return the admin, to be closed
   * @throws io.taskwire.InvalidOptionException if the URI is wrong
   * @throws IllegalArgumentException if it names more than one server
   */
  static BeanstalkAdmin open(String uri) {
    return open(BeanstalkOptions.of(uri));
  }

  /**
   * Makes an admin with a connection and a thread of its own. Returns at once; the first command connects.
   *
   * @param options the server, and how it is reached
   * @return the admin, to be closed
   * @throws IllegalArgumentException if the options name more than one server
   */
  static BeanstalkAdmin open(BeanstalkOptions options) {
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
  static BeanstalkAdmin open(Vertx vertx, BeanstalkOptions options) {
    return OpenAdmin.open(vertx, options);
  }

  /**
   * Makes an admin for each server that the options name.
   *
   * @param options one server or several, and how they are reached
   * @return the admins in the order of the servers, each to be closed
   */
  static List<BeanstalkAdmin> openEach(BeanstalkOptions options) {
    return OpenAdmin.openEach(options);
  }

  /**
   * Gives the server that is looked after.
   *
   * @return host and port, as in {@code localhost:11300}
   */
  String server();

  /**
   * {@code stats}: the numbers of the server.
   *
   * @return the numbers
   */
  Future<ServerStats> stats();

  /**
   * {@code list-tubes}: the names of the tubes.
   *
   * @return in the server's order; {@link Tube#DEFAULT} is always there
   */
  Future<List<Tube>> tubeNames();

  /**
   * {@code list-tubes}, and {@code stats-tube} for each: what all tubes have.
   *
   * @return in the server's order, without those that are gone before they are asked about
   */
  Future<List<TubeStats>> tubes();

  /**
   * {@code stats-tube}: what a tube has.
   *
   * @param tube the tube
   * @return the numbers
   */
  Future<TubeStats> tubeStats(Tube tube);

  /**
   * {@code stats-job}: where a job is.
   *
   * @param id the job
   * @return the numbers
   */
  Future<JobStats> jobStats(long id);

  /**
   * {@code peek}: shows a job, wherever it is.
   *
   * @param id the job
   * @return the job, empty if there is none
   */
  Future<Optional<Reply.Found>> peek(long id);

  /**
   * {@code peek-ready}: shows the job of a tube that is reserved next.
   *
   * @param tube the tube
   * @return the job, empty if none is ready
   */
  Future<Optional<Reply.Found>> peekReady(Tube tube);

  /**
   * {@code peek-delayed}: shows the delayed job of a tube that is due next.
   *
   * @param tube the tube
   * @return the job, empty if none is delayed
   */
  Future<Optional<Reply.Found>> peekDelayed(Tube tube);

  /**
   * {@code peek-buried}: shows the job of a tube that was buried first.
   *
   * @param tube the tube
   * @return the job, empty if none is buried
   */
  Future<Optional<Reply.Found>> peekBuried(Tube tube);

  /**
   * {@code kick}: makes buried jobs of a tube ready, or delayed ones if none is buried.
   *
   * @param tube the tube
   * @param bound how many at most, 0 to 4,294,967,295
   * @return their number
   */
  Future<Long> kick(Tube tube, long bound);

  /**
   * {@code kick-job}: makes one buried or delayed job ready.
   *
   * @param id the job
   * @return completes when it is ready; fails with {@code NOT_FOUND} if it is in another state too
   */
  Future<Void> kickJob(long id);

  /**
   * {@code pause-tube}: keeps the jobs of a tube from being reserved; puts go on.
   *
   * @param tube the tube
   * @param pause how long, rounded up to whole seconds; zero ends a pause
   * @return completes when it pauses
   */
  Future<Void> pause(Tube tube, Duration pause);

  /**
   * {@code delete}: removes a job that nobody holds.
   *
   * @param id the job
   * @return completes when it is gone; fails with {@code NOT_FOUND} if a worker holds it too
   */
  Future<Void> delete(long id);

  /**
   * {@code stats-job}, {@code reserve-job} and {@code bury}: puts a job aside that nobody holds, with the priority it has.
   *
   * @param id the job
   * @return completes when it is buried; fails with {@code NOT_FOUND} if a worker holds it too
   */
  Future<Void> bury(long id);

  /**
   * {@code peek-buried}, {@code peek-delayed}, {@code peek-ready} and {@code delete}: deletes the jobs of a tube that nobody
   * holds. Those that workers hold are left to them. Over a connection of its own, one round trip a job.
   *
   * @param tube the tube
   * @param states which jobs: of {@link JobState#READY}, {@link JobState#DELAYED} and {@link JobState#BURIED}
   * @param bound how many at most, so that it ends while others put jobs
   * @return how many are deleted. If it fails, those before are deleted all the same
   * @throws IllegalArgumentException if the states hold {@link JobState#RESERVED}, or the bound is negative
   */
  Future<DrainedTube> drain(Tube tube, Set<JobState> states, long bound);

  /**
   * Deletes all jobs of a tube that nobody holds.
   *
   * @param tube the tube
   * @param bound how many at most
   * @return as {@link #drain(Tube, Set, long)}
   */
  default Future<DrainedTube> drain(Tube tube, long bound) {
    return drain(tube, Set.of(JobState.READY, JobState.DELAYED, JobState.BURIED), bound);
  }

  /**
   * Closes this admin, not the server: commands without an answer fail. Further calls do nothing.
   *
   * @return completes when the connection is closed and the thread is free; does not fail
   */
  Future<Void> shutdown();

  /** Does what {@link #shutdown} does, and waits for it unless it is called on an event loop. */
  @Override
  void close();
}
