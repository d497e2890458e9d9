/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.gearman.client.OpenClient;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Submits jobs to Gearman servers and hears what becomes of them.
 *
 * <p>A client keeps a connection to each of its servers; a job goes to one that is connected, and the others are tried
 * again. Opening it returns at once and connects behind: a request waits for a server up to {@link
 * GearmanOptions#requestTimeout}, and then fails with a {@link NoServerException}.
 *
 * <p>All methods may be called from any thread. Futures complete on the caller's Vert.x context if there is one, else on
 * the client's event loop, where callbacks must not block; {@code await()} on them works on plain and virtual threads.
 * Jobs submitted by one thread reach a server in their order.
 */
public interface GearmanClient extends AutoCloseable {

  /**
   * Opens a client with an event loop of its own.
   *
   * @param uri such as {@code gearman://h1:4730,h2}
   * @return the client, connecting
   */
  static GearmanClient open(String uri) {
    return open(GearmanOptions.of(uri));
  }

  /**
   * Opens a client with an event loop of its own.
   *
   * @param options servers and limits
   * @return the client, connecting
   */
  static GearmanClient open(GearmanOptions options) {
    return OpenClient.open(null, options);
  }

  /**
   * Opens a client on an event loop of the instance given.
   *
   * @param vertx never closed by the client; the client ends with it
   * @param options servers and limits
   * @return the client, connecting
   */
  static GearmanClient open(Vertx vertx, GearmanOptions options) {
    return OpenClient.open(vertx, options);
  }

  /**
   * Waits for a server.
   *
   * @return completes when one at least is connected; fails with a {@link NoServerException} after {@link
   *     GearmanOptions#requestTimeout}, or at once when no server will be tried again
   */
  Future<Void> connected();

  /**
   * Shows how it stands with each server.
   *
   * @return in the order of the options
   */
  List<GearmanServerStatus> servers();

  /**
   * Submits a job. Never throws for what is wrong with it: it is {@link JobState#REFUSED} then, and its futures say why.
   *
   * @param request the job
   * @return the job, pending
   */
  default GearmanJob submit(JobRequest request) {
    return submit(request, job -> {});
  }

  /**
   * Submits a foreground job of normal priority.
   *
   * @param function the function's name
   * @param payload the workload
   * @return the job, pending
   */
  default GearmanJob submit(String function, Buffer payload) {
    return submit(JobRequest.of(function, payload));
  }

  /**
   * Submits a foreground job of normal priority.
   *
   * @param function the function's name
   * @param text the workload, sent as UTF-8
   * @return the job, pending
   */
  default GearmanJob submit(String function, String text) {
    return submit(JobRequest.of(function, text));
  }

  /**
   * Submits a job whose handlers are to miss nothing.
   *
   * @param request the job
   * @param prepare sets handlers; called at once, before the job is sent
   * @return the job, pending
   */
  GearmanJob submit(JobRequest request, Consumer<GearmanJob> prepare);

  /**
   * Submits several jobs.
   *
   * @param requests the jobs
   * @return the jobs in the same order, pending
   */
  default List<GearmanJob> submitAll(Collection<JobRequest> requests) {
    return requests.stream().map(this::submit).toList();
  }

  /**
   * Submits as many jobs as there are, a few at a time, and hands out each as it ends. The requests are made as they are
   * needed: there may be more than fit into memory.
   *
   * @param requests iterated on the client's event loop: it must not block
   * @param maxOpen how many jobs are open at once, 1 or more
   * @param ended takes each job that has ended, whichever way, in the order of their ends (background jobs: of acceptance);
   *     called on the client's event loop. If it throws, no further jobs are submitted
   * @return completes when all have ended; fails with what the iteration or the handler threw, or when the client is
   *     closed before all were submitted
   */
  Future<Void> submitAll(Iterable<JobRequest> requests, int maxOpen, Handler<GearmanJob> ended);

  /**
   * Waits until a server has each of the jobs, or it has ended without.
   *
   * @param jobs of this client
   * @param limit how long at most; zero to look only
   * @return who is accepted or ended, and who is open: {@link JobState#TIMED_OUT}. Fails only when the client is closed
   */
  Future<JobReport> waitUntilAccepted(Collection<? extends GearmanJob> jobs, Duration limit);

  /**
   * Waits until each of the jobs has ended; background jobs until they are accepted.
   *
   * @param jobs of this client
   * @param limit how long at most; zero to look only
   * @return who has ended, and who is open: {@link JobState#TIMED_OUT}. Fails only when the client is closed
   */
  Future<JobReport> waitUntilCompleted(Collection<? extends GearmanJob> jobs, Duration limit);

  /**
   * Asks the job's server for its status. A running one becomes {@link JobState#RUNNING}, with its progress.
   *
   * @param job of this client
   * @return the status; fails with a {@link GearmanException} if the job was never accepted, its server is not connected or
   *     does not answer in time
   */
  Future<JobStatus> status(GearmanJob job);

  /**
   * Asks for the status of several jobs at once.
   *
   * @param jobs of this client
   * @return in the same order; fails if one of the questions fails
   */
  Future<List<JobStatus>> status(Collection<? extends GearmanJob> jobs);

  /**
   * Asks a server for the status of a job, which any client may have submitted.
   *
   * @param server host and port, as in {@link #servers}
   * @param handle the job's handle
   * @return the status; fails with a {@link GearmanException} if the server is not connected or does not answer in time
   */
  Future<JobStatus> status(String server, String handle);

  /**
   * Asks all connected servers for the status of jobs by their unique keys. Not all servers know the question.
   *
   * @param keys the keys, as they were sent
   * @return in the same order, of the server that knows the key; where several do, that of one where it runs. Fails if one of
   *     the servers does not answer, or none is connected
   */
  Future<List<JobStatus>> statusByUnique(Collection<String> keys);

  /**
   * Asks all connected servers for the status of a job by its unique key.
   *
   * @param key as it was sent
   * @return as {@link #statusByUnique(Collection)}
   */
  default Future<JobStatus> statusByUnique(String key) {
    return statusByUnique(List.of(key)).map(all -> all.get(0));
  }

  /**
   * Has the next server in turn send back some bytes.
   *
   * @param bytes whatever they are
   * @return the same bytes; fails with a {@link GearmanException} if no server is connected or it does not answer in time:
   *     some servers do not know the request
   */
  Future<Buffer> echo(Buffer bytes);

  /**
   * Has a server send back some bytes.
   *
   * @param server host and port, as in {@link #servers}
   * @param bytes whatever they are
   * @return as {@link #echo(Buffer)}
   */
  Future<Buffer> echo(String server, Buffer bytes);

  /**
   * Sets an option on all connections, present and future. The option {@code exceptions}, the only one servers know, is
   * always set.
   *
   * @param name the option
   * @return completes when all servers that are connected have taken it; fails with a {@link GearmanException} if one
   *     refuses it or does not answer in time, and then it is not set on future ones
   */
  Future<Void> option(String name);

  /**
   * Looks after a server over the connection that this client has to it. Commands fail while it is not connected. Closing
   * the admin leaves the connection open; it ends with the client.
   *
   * @param server host and port, as in {@link #servers}
   * @return the admin
   */
  GearmanAdmin admin(String server);

  /**
   * Closes the client. Jobs that were not sent are {@link JobState#REFUSED}; for a few seconds at most the servers are given
   * time to take what was sent; then all that still wait are {@link JobState#ABANDONED}. Both fail with a {@link
   * GearmanClosedException}. Idempotent.
   *
   * @return completes when the connections are closed and the threads are free; does not fail
   */
  Future<Void> shutdown();

  /** Does what {@link #shutdown} does, and waits for it unless this is an event loop. */
  @Override
  void close();
}
