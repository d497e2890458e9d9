/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.SerializationException;
import io.taskwire.TypeRef;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A job in the hands of a worker. It ends once: by what its handler returns or throws, or by one call of {@link #complete},
 * {@link #fail} or {@link #exception}. Safe to use from any thread; packets that one thread sends arrive in the order of
 * its calls.
 *
 * <p>The connection is the lease of its jobs: when it is lost, the server gives the job to another worker, this one is
 * {@linkplain #isLost() lost}, and nothing that is sent for it goes anywhere.
 */
public interface WorkerJob {

  /**
   * Gives the name of the job on its server.
   *
   * @return the handle, such as {@code H:host:1}; after a restart of the server another job may have the same
   */
  String handle();

  /**
   * Gives the function.
   *
   * @return its name as registered, without the namespace
   */
  String function();

  /**
   * Gives the unique id.
   *
   * @return empty if the job has none, or {@link GrabMode#JOB} keeps it from being told
   */
  String unique();

  /**
   * Gives the function that joins the results of this job's parts; whoever submitted the job wants the worker to submit
   * those parts.
   *
   * @return empty if there is none, or the worker does not ask for it by {@link GrabMode#ALL}
   */
  String reducer();

  /**
   * Gives the server that the job came from.
   *
   * @return host and port
   */
  String server();

  /**
   * Gives the workload.
   *
   * @return the bytes
   */
  Buffer payload();

  /**
   * Gives the workload as text.
   *
   * @return the bytes as UTF-8
   */
  String text();

  /**
   * Gives the workload as an object.
   *
   * @param type what to build
   * @param <T> the same
   * @return the object, by the serializer of {@link GearmanOptions}
   * @throws SerializationException if the payload is no such object, or nothing at all, or there is no serializer
   */
  <T> T value(Class<T> type);

  /**
   * Gives the workload as an object of a generic type.
   *
   * @param type what to build
   * @param <T> the same
   * @return the object, by the serializer of {@link GearmanOptions}
   * @throws SerializationException if the payload is no such object, or nothing at all, or there is no serializer
   */
  <T> T value(TypeRef<T> type);

  /**
   * Reports how far the job is (WORK_STATUS).
   *
   * @param done the units done, zero or more
   * @param total the units in all
   * @return completes when the report is written and there is room for more; fails with a {@link
   *     GearmanConnectionException} if the job is lost, with an {@link IllegalStateException} if it has ended
   */
  Future<Void> progress(long done, long total);

  /**
   * Sends a part of the result ahead of it (WORK_DATA). The server keeps none: clients that joined the job later miss it.
   *
   * @param chunk what {@link #complete} takes
   * @return as {@link #progress}
   * @throws IllegalArgumentException if it is longer than {@link GearmanOptions#maxPayload}
   */
  Future<Void> data(Object chunk);

  /**
   * Sends a warning (WORK_WARNING), which clients tell apart from data.
   *
   * @param text what {@link #complete} takes
   * @return as {@link #progress}
   * @throws IllegalArgumentException if it is longer than {@link GearmanOptions#maxPayload}
   */
  Future<Void> warning(Object text);

  /**
   * Ends the job with a result (WORK_COMPLETE). A result that is longer than {@link GearmanOptions#maxPayload} fails the
   * job in its place.
   *
   * @param result a {@link Buffer} or a byte array, which are sent as they are; null for an empty one; a {@link
   *     CharSequence}, in UTF-8, where no serializer is set; any other object is encoded by the serializer of {@link
   *     GearmanOptions}
   * @return completes when it is written, or is known to be of no use any more
   * @throws IllegalStateException if the job has been ended before
   * @throws SerializationException if it cannot be encoded; the job has not ended then
   */
  Future<JobOutcome> complete(@Nullable Object result);

  /**
   * Ends the job as failed, without a reason (WORK_FAIL).
   *
   * @return as {@link #complete}
   * @throws IllegalStateException if the job has been ended before
   */
  Future<JobOutcome> fail();

  /**
   * Ends the job as failed (WORK_EXCEPTION), whatever {@link WorkerOptions#failuresAs} says.
   *
   * @param reason {@code type: message} as a rule; what is longer than 8 KiB of UTF-8 is cut off
   * @return as {@link #complete}
   * @throws IllegalStateException if the job has been ended before
   */
  Future<JobOutcome> exception(String reason);

  /**
   * Ends the job as failed, in the way a handler does that throws: as {@link WorkerOptions#failuresAs} says.
   *
   * @param cause its class and message are sent
   * @return as {@link #complete}
   * @throws IllegalStateException if the job has been ended before
   */
  Future<JobOutcome> exception(Throwable cause);

  /**
   * Tells whether the connection that the job came over is gone.
   *
   * @return true from then on
   */
  boolean isLost();

  /**
   * Tells whether going on is of no use: the job is lost, its time limit has passed, or the worker is closing and can wait
   * no longer.
   *
   * @return true from then on
   */
  boolean isCancelled();

  /**
   * Completes when {@link #isCancelled()} becomes true, never if it does not; on the worker's event loop.
   *
   * @return the same future each time
   */
  Future<Void> cancelled();
}
