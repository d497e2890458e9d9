/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.consumer.OpenConsumer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Works on the jobs of some tubes, of one server or several.
 *
 * <pre>{@code
 * BeanstalkOptions servers = BeanstalkOptions.of("beanstalk://h1:11300,h2");
 * try (BeanstalkConsumer consumer = BeanstalkConsumer.open(servers, ConsumerOptions.of(Tube.of("mail")))) {
 *   consumer.handle(job -> send(job.text())).await();
 *   ...
 * }
 * }</pre>
 *
 * <p>A consumer has one handler: blocking or asynchronous, for single jobs or for batches. It reserves as many jobs as it has
 * free slots, which all tubes and servers share, so that {@link ConsumerOptions#concurrency} holds over all; jobs that come while
 * none is free wait for the next, and go back after a second. Leases are kept, and a handler is told when one is lost. A
 * connection that is lost is made again; its jobs are the server's again at once.
 *
 * <p>Each job runs at least once: a handler must bear to see one again whose deletion was not answered.
 *
 * <p>All methods may be called from any thread. Futures complete on the caller's Vert.x context if there is one, else on the
 * consumer's event loop, where callbacks must not block; {@code await()} on them works on plain and virtual threads.
 */
public interface BeanstalkConsumer extends AutoCloseable {

  /**
   * Opens a consumer with an event loop of its own. It connects when it gets its handler.
   *
   * @param uri such as {@code beanstalk://h1:11300,h2}
   * @param consumer the tubes, and how their jobs are handled
   * @return the consumer
   * @throws IllegalArgumentException if no tube is named
   */
  static BeanstalkConsumer open(String uri, ConsumerOptions consumer) {
    return open(BeanstalkOptions.of(uri), consumer);
  }

  /**
   * Opens a consumer with an event loop of its own. It connects when it gets its handler.
   *
   * @param options servers and limits
   * @param consumer the tubes, and how their jobs are handled
   * @return the consumer
   * @throws IllegalArgumentException if no tube is named
   */
  static BeanstalkConsumer open(BeanstalkOptions options, ConsumerOptions consumer) {
    return OpenConsumer.open(null, options, consumer);
  }

  /**
   * Opens a consumer on an event loop of the instance given. It connects when it gets its handler.
   *
   * @param vertx never closed by the consumer; the consumer ends with it
   * @param options servers and limits
   * @param consumer the tubes, and how their jobs are handled
   * @return the consumer
   * @throws IllegalArgumentException if no tube is named
   */
  static BeanstalkConsumer open(Vertx vertx, BeanstalkOptions options, ConsumerOptions consumer) {
    return OpenConsumer.open(vertx, options, consumer);
  }

  /**
   * Begins to work with a blocking handler.
   *
   * @param handler called on virtual threads where the JDK has them, else on a pool
   * @return completes when a server has answered that the tubes are watched; fails with a {@link BeanstalkConnectionException}
   *     if none has within {@link BeanstalkOptions#requestTimeout}, in which case it goes on trying
   * @throws IllegalStateException if there is a handler already
   */
  Future<Void> handle(JobHandler handler);

  /**
   * Begins to work with an asynchronous handler.
   *
   * @param handler called on the event loop
   * @return as {@link #handle}
   * @throws IllegalStateException if there is a handler already
   */
  Future<Void> handleAsync(AsyncJobHandler handler);

  /**
   * Begins to work with a blocking handler of batches, of the size that {@link ConsumerOptions#batch} says.
   *
   * @param handler called on virtual threads where the JDK has them, else on a pool
   * @return as {@link #handle}
   * @throws IllegalStateException if there is a handler already
   */
  Future<Void> handleBatches(BatchHandler handler);

  /**
   * Begins to work with an asynchronous handler of batches, of the size that {@link ConsumerOptions#batch} says.
   *
   * @param handler called on the event loop
   * @return as {@link #handle}
   * @throws IllegalStateException if there is a handler already
   */
  Future<Void> handleBatchesAsync(AsyncBatchHandler handler);

  /**
   * Shows how it stands with each server.
   *
   * @return in the order of the options
   */
  List<BeanstalkServerStatus> servers();

  /** Takes no new jobs. Those under way go on; those that were not begun go back. */
  void pause();

  /** Takes jobs again after {@link #pause} or {@link #drain}. */
  void resume();

  /**
   * Takes no new jobs, and waits until those under way have ended and the servers have taken note. The consumer can be
   * {@linkplain #resume resumed}.
   *
   * @return completes then, however long it takes; fails with a {@link BeanstalkClosedException} if the consumer is closed
   */
  Future<Void> drain();

  /**
   * Closes the consumer: it takes no new jobs, lets those under way end, for up to {@link ConsumerOptions#drainTimeout}, and
   * closes the connections. What is not ended then goes to other workers, and its handlers are interrupted. Idempotent.
   *
   * @return completes when the connections are closed and the threads are free; does not fail
   */
  Future<Void> shutdown();

  /**
   * Does what {@link #shutdown} does, and waits for it. On an event loop, and in one of its own handlers, it starts that and
   * returns.
   */
  @Override
  void close();
}
