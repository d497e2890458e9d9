/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * A job in the hands of a consumer. It ends once: by one call of {@link #delete}, {@link #release} or {@link #bury}, or when its
 * handler is done without one: then it is deleted, or treated as {@link ConsumerOptions#retryFailed} says if the handler has
 * failed. Safe to use from any thread.
 *
 * <p>The job is leased: its time to run is renewed while the handler works, unless {@link ConsumerOptions#keepLeases} was
 * switched off. When the lease is lost all the same, because the connection is, or this process was held up, the server gives
 * the job to another worker: the handler is told by {@link #isLeaseLost} and {@link #leaseLost}, and should stop. Nothing that
 * it does then ends the job.
 */
public interface ConsumedJob {

  /**
   * Gives the number of the job.
   *
   * @return its number on its server
   */
  long id();

  /**
   * Gives the server that the job came from.
   *
   * @return host and port
   */
  String server();

  /**
   * Gives the body.
   *
   * @return any bytes
   */
  Buffer body();

  /**
   * Gives the body as text.
   *
   * @return the bytes as UTF-8
   */
  String text();

  /**
   * Asks the server for the job's numbers: tube, priority, time left, how often it was reserved.
   *
   * @return the numbers of now; fails with the reason if the lease is lost, with a {@link BeanstalkReplyException} if the job is
   *     gone all the same, and with an {@link IllegalStateException} if it has been ended here
   */
  Future<JobStats> stats();

  /**
   * Ends the job as done.
   *
   * @return {@link Settled#DONE} when it is gone; otherwise another worker gets it, or has it. Does not fail
   * @throws IllegalStateException if the job has been ended before
   */
  Future<Settled> delete();

  /**
   * Gives the job back, with the priority it has.
   *
   * @param delay how long it is kept from being reserved; rounded up to whole seconds
   * @return as {@link #delete}
   * @throws IllegalArgumentException if the server would not take the delay
   * @throws IllegalStateException if the job has been ended before
   */
  Future<Settled> release(Duration delay);

  /**
   * Gives the job back.
   *
   * @param priority its priority from now on, 0, the most urgent, to 4,294,967,295
   * @param delay how long it is kept from being reserved; rounded up to whole seconds
   * @return as {@link #delete}
   * @throws IllegalArgumentException if the server would not take one of them
   * @throws IllegalStateException if the job has been ended before
   */
  Future<Settled> release(long priority, Duration delay);

  /**
   * Puts the job aside, with the priority it has, until it is kicked.
   *
   * @return as {@link #delete}
   * @throws IllegalStateException if the job has been ended before
   */
  Future<Settled> bury();

  /**
   * Puts the job aside until it is kicked.
   *
   * @param priority its priority from now on, 0, the most urgent, to 4,294,967,295
   * @return as {@link #delete}
   * @throws IllegalArgumentException if the server would not take it
   * @throws IllegalStateException if the job has been ended before
   */
  Future<Settled> bury(long priority);

  /**
   * Renews the lease now. Not needed where leases are kept.
   *
   * @return whether the job is still held; does not fail
   */
  Future<Boolean> touch();

  /**
   * Tells whether another worker may have the job.
   *
   * @return true from the loss of the lease on
   */
  boolean isLeaseLost();

  /**
   * Completes when the lease is lost, never if it is not; on the consumer's event loop, where callbacks must not block.
   *
   * @return why; the same future each time
   */
  Future<Throwable> leaseLost();
}
