/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.gearman.server.ServerLauncher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * A Gearman server inside this JVM, for tests of one's own or as a small broker: all that gearmand does with clients, workers
 * and administrators, and TLS with access lists, in memory. What it has is gone when it closes.
 *
 * <pre>{@code
 * try (GearmanServer server = GearmanServer.start();
 *     TaskQueue queue = TaskQueue.open(server.uri())) {
 *   ...
 * }
 * }</pre>
 *
 * <p>It does as gearmand 1.1.20 does, with these differences. A job with SUBMIT_JOB_EPOCH is begun at its time by a worker that
 * sleeps, and CAN_DO_TIMEOUT holds for each job. {@code shutdown} ends the server, {@code create function} takes a line that
 * ends in LF too, {@code cancel job} takes a waiting job out at once, and {@code drop function} cancels the jobs that wait. A
 * background submit that joins a foreground job of the same unique keeps it alive, and a foreground client that joins a
 * background job and leaves does not take it along. WORK_FAIL never carries a NUL behind the handle. A unique of 64 bytes
 * arrives whole. A worker that registers a function while it sleeps is woken for jobs that wait. Packets that are no request
 * close the connection without an answer, and so do too few arguments.
 *
 * <p>All methods can be called on any thread.
 */
public interface GearmanServer extends AutoCloseable {

  /**
   * Starts a server on a free port of 127.0.0.1 and waits until it listens. It has one thread of its own.
   *
   * @return the server, listening
   * @throws GearmanException if it cannot listen
   * @throws IllegalStateException on an event loop, where nothing may wait: use {@link #start(Vertx, GearmanServerOptions)}
   */
  static GearmanServer start() {
    return start(GearmanServerOptions.create());
  }

  /**
   * Starts a server and waits until it listens. It has one thread of its own.
   *
   * @param options how it is to be
   * @return the server, listening
   * @throws GearmanException if it cannot listen, as when another has the port, or a certificate cannot be read
   * @throws IllegalArgumentException if the options contradict each other
   * @throws IllegalStateException on an event loop, where nothing may wait: use {@link #start(Vertx, GearmanServerOptions)}
   */
  static GearmanServer start(GearmanServerOptions options) {
    return ServerLauncher.start(options);
  }

  /**
   * Starts a server on an event loop of a Vert.x instance. It closes with the instance, which it never closes itself.
   *
   * @param vertx the instance
   * @param options how it is to be
   * @return the server, once it listens; fails with a {@link GearmanException} if it cannot
   * @throws IllegalArgumentException if the options contradict each other
   */
  static Future<GearmanServer> start(Vertx vertx, GearmanServerOptions options) {
    return ServerLauncher.start(vertx, options);
  }

  /**
   * Where it listens.
   *
   * @return the port
   */
  int port();

  /**
   * Where it listens.
   *
   * @return the name or address of the options; where that is all addresses, one at which this machine reaches it
   */
  String host();

  /**
   * The address that a queue, a client or a worker is opened with.
   *
   * @return {@code gearman://HOST:PORT}, or {@code gearmans://HOST:PORT} with TLS
   */
  String uri();

  /**
   * Counts.
   *
   * @return what was counted up to now; after the end, up to the end
   */
  Future<GearmanServerCounters> counters();

  /**
   * Ends the server: closes new connections at once, hands out no more jobs and takes none, waits for jobs that workers have for as
   * long as {@link GearmanServerOptions#drainTimeout} says, sends what is to be sent, and closes all connections. Jobs that
   * are left are lost.
   *
   * @return completes when all is closed; the same each time
   */
  Future<Void> shutdown();

  /**
   * Ends the server as {@link #shutdown()} does, with a limit of its own. While another shutdown still waits for jobs, the
   * shorter limit counts.
   *
   * @param limit how long to wait for jobs that workers have; zero not to wait
   * @return completes when all is closed; the same each time
   */
  Future<Void> shutdown(Duration limit);

  /**
   * Tells when the server has ended, also when an administrator has ended it with the command {@code shutdown}.
   *
   * @return completes when all is closed; the same each time
   */
  Future<Void> closed();

  /**
   * Ends the server as {@link #shutdown()} does, and waits for it; on an event loop it begins it and returns. If the thread is
   * interrupted it returns with the flag set, and the server ends by itself.
   */
  @Override
  void close();
}
