/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.Progress;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A job that was submitted. All methods may be called from any thread; what they say changes live.
 *
 * <p>Futures complete on the Vert.x context from which the job was submitted, if there was one, else on the client's event
 * loop. Handlers of progress, data and warnings are called on the client's event loop and must not block.
 */
public interface GearmanJob {

  /**
   * Gives the request.
   *
   * @return what was submitted
   */
  JobRequest request();

  /**
   * Says where the job is.
   *
   * @return exactly one state
   */
  JobState state();

  /**
   * Gives the server's name for the job.
   *
   * @return empty until a server has acknowledged it; that of the last attempt if it was retried. Servers count from 1 again
   *     after a restart, so a handle means little without its {@link #server}
   */
  String handle();

  /**
   * Gives the unique key as it was sent.
   *
   * @return empty for none
   */
  String unique();

  /**
   * Names the server that the job was sent to.
   *
   * @return host and port, empty before
   */
  String server();

  /**
   * Counts how often the job was sent.
   *
   * @return 0 before; above 1 if it was lost and retried
   */
  int attempts();

  /**
   * Gives the progress that was reported last.
   *
   * @return null if none was
   */
  @Nullable
  Progress progress();

  /**
   * Says why there is no result.
   *
   * @return null until the job ended without one
   */
  @Nullable
  GearmanException cause();

  /**
   * Waits for the server to take the job.
   *
   * @return completes with this, the first time that a server acknowledges the job; fails as {@link #result} does. The same
   *     each time
   */
  Future<GearmanJob> accepted();

  /**
   * Waits for the result.
   *
   * @return the bytes that the worker completed the job with; empty, at acceptance, for a background job. Fails with a {@link
   *     JobFailedException}, {@link JobThrewException}, {@link JobLostException}, {@link JobRefusedException}, {@link
   *     NoServerException}, {@link GearmanTimeoutException} or {@link GearmanClosedException}. The same each time
   */
  Future<Buffer> result();

  /**
   * Waits for the result as a value, built by the client's {@link GearmanOptions#serializer}; without one only {@code
   * String.class} (UTF-8) and {@code Buffer.class} can be had.
   *
   * @param type what to build
   * @param <T> the same
   * @return the value; fails as {@link #result} does, or with a {@link GearmanException} if it cannot be decoded
   */
  <T> Future<@Nullable T> result(Class<T> type);

  /**
   * Decodes a chunk of data, a warning or the data of an exception as {@link #result(Class)} decodes the result.
   *
   * @param bytes what came
   * @param type what to build, generics included
   * @return the value
   * @throws GearmanException if it cannot be decoded
   */
  @Nullable
  Object decode(Buffer bytes, Type type);

  /**
   * Hears of progress from now on; one handler, a later one replaces it. Progress that was reported before is told at once.
   *
   * @param handler called on the client's event loop
   * @return this
   */
  GearmanJob onProgress(Handler<Progress> handler);

  /**
   * Streams the partial data that the worker sends before the end.
   *
   * <p>Nothing is lost to a slow reader: while more than {@link GearmanOptions#streamBuffer} bytes wait for a stream that is
   * paused (or was fetched from), the client stops reading from that server's socket. That holds up everything else that
   * comes on it, acceptances and results of other jobs included: a reader that pauses for long should have a client of its
   * own. Before there is a handler as much is kept for it; what comes beyond that is dropped, and a handler that is set then
   * is given what was kept, and its exception handler a {@link GearmanException} that says so.
   *
   * <p>The end handler is called when the job has ended and all data was handed over; for a background job at once.
   *
   * @return the same stream each time
   */
  ReadStream<Buffer> data();

  /**
   * Streams the warnings that the worker sends before the end, as {@link #data} does with data.
   *
   * @return the same stream each time
   */
  ReadStream<Buffer> warnings();

  /**
   * Stops waiting: the job is {@link JobState#ABANDONED}, what comes of it is dropped. The server is not told, and may
   * still run it. Does nothing if it has ended.
   */
  void abandon();
}
