/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.producer.OpenProducer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;

/**
 * Puts jobs into tubes, over one server or several.
 *
 * <pre>{@code
 * try (BeanstalkProducer producer = BeanstalkProducer.open("beanstalk://h1:11300,h2")) {
 *   PlacedJob job = producer.put(Tube.of("mail"), Buffer.buffer("hello")).await();
 * }
 * }</pre>
 *
 * <p>A producer keeps a connection to each of its servers, and puts go to those that are connected in turn. Opening it returns
 * at once and connects behind: a put waits for a server up to {@link BeanstalkOptions#requestTimeout}. A put goes to the next
 * server if one answers DRAINING, which is then left alone until it is started again, or OUT_OF_MEMORY, or if its connection is
 * lost before a byte of the put was written. Once written a put is never sent again: if no answer comes, it fails with a {@link
 * PutOutcomeUnknownException}.
 *
 * <p>At most {@link BeanstalkOptions#maxInFlight} puts are unanswered at once and {@link BeanstalkOptions#maxPending} wait
 * behind them; one more fails at once with a {@link BeanstalkBusyException}.
 *
 * <p>All methods may be called from any thread. Futures complete on the caller's Vert.x context if there is one, else on the
 * producer's event loop, where callbacks must not block; {@code await()} on them works on plain and virtual threads. Puts of
 * one thread reach a server in their order.
 */
public interface BeanstalkProducer extends AutoCloseable {

  /**
   * Opens a producer with an event loop of its own.
   *
   * @param uri such as {@code beanstalk://h1:11300,h2}
   * @return the producer, connecting
   */
  static BeanstalkProducer open(String uri) {
    return open(BeanstalkOptions.of(uri));
  }

  /**
   * Opens a producer with an event loop of its own.
   *
   * @param options servers and limits
   * @return the producer, connecting
   */
  static BeanstalkProducer open(BeanstalkOptions options) {
    return OpenProducer.open(null, options);
  }

  /**
   * Opens a producer on an event loop of the instance given.
   *
   * @param vertx never closed by the producer; the producer ends with it
   * @param options servers and limits
   * @return the producer, connecting
   */
  static BeanstalkProducer open(Vertx vertx, BeanstalkOptions options) {
    return OpenProducer.open(vertx, options);
  }

  /**
   * Waits for a server.
   *
   * @return completes when one at least is connected; fails with a {@link BeanstalkConnectionException} after {@link
   *     BeanstalkOptions#requestTimeout}, or at once when no server will be tried again
   */
  Future<Void> connected();

  /**
   * Shows how it stands with each server.
   *
   * @return in the order of the options
   */
  List<BeanstalkServerStatus> servers();

  /**
   * Puts a job as {@link PutOptions#DEFAULT} says.
   *
   * @param tube where to
   * @param body any bytes, at most as many as the server's {@code -z} allows; not to be changed until the future completes
   * @return as {@link #put(Tube, Buffer, PutOptions)}
   */
  default Future<PlacedJob> put(Tube tube, Buffer body) {
    return put(tube, body, PutOptions.DEFAULT);
  }

  /**
   * Puts a job.
   *
   * @param tube where to
   * @param body any bytes, at most as many as the server's {@code -z} allows; not to be changed until the future completes
   * @param options priority, delay, time to run
   * @return where the job is. Fails with a {@link PutOutcomeUnknownException} if it was sent and no answer came. All other
   *     failures mean that no server has the job: a {@link BeanstalkReplyException} with the last refusal if it is too big, or
   *     every server that is connected has refused it and none is still being connected; a {@link
   *     BeanstalkConnectionException} if there was no server in time; a {@link BeanstalkBusyException} if too many puts wait; a
   *     {@link BeanstalkClosedException} if the producer was closed before it was sent
   */
  Future<PlacedJob> put(Tube tube, Buffer body, PutOptions options);

  /**
   * Puts a call for a worker on aio-beanstalk, with the priority and time to run that its callers use.
   *
   * @param tube where to
   * @param task what to call
   * @return as {@link #put(Tube, Buffer, PutOptions)}
   */
  default Future<PlacedJob> put(Tube tube, JsonTask task) {
    return put(tube, task.toBuffer(), JsonTask.PUT_OPTIONS);
  }

  /**
   * Puts a call for a worker on aio-beanstalk.
   *
   * @param tube where to
   * @param task what to call
   * @param options priority, delay, time to run
   * @return as {@link #put(Tube, Buffer, PutOptions)}
   */
  default Future<PlacedJob> put(Tube tube, JsonTask task, PutOptions options) {
    return put(tube, task.toBuffer(), options);
  }

  /**
   * Puts many jobs, pipelined: as many at once as {@link BeanstalkOptions#maxInFlight} allows, in their order, spread over the
   * servers. {@link BeanstalkOptions#maxPending} does not count here. A failed put does not keep the others from being sent.
   *
   * @param tube where to
   * @param bodies of any number; not to be changed until the future completes
   * @param options priority, delay, time to run of each
   * @return what became of each, when all is known; does not fail
   */
  Future<PutReport> putAll(Tube tube, Collection<Buffer> bodies, PutOptions options);

  /**
   * Closes the producer. Puts that were not sent fail with a {@link BeanstalkClosedException}; what was sent is waited for, a
   * few seconds at most. Idempotent.
   *
   * @return completes when the connections are closed and the thread is free; does not fail
   */
  Future<Void> shutdown();

  /** Does what {@link #shutdown} does, and waits for it unless this is an event loop. */
  @Override
  void close();
}
