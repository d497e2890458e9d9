/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

/** Takes the tasks of one {@link Consumer}. */
public interface ConsumerListener {

  /**
   * A task to handle; at most {@link ConsumerSpec#concurrency()} are unsettled at once.
   *
   * @param delivery the task
   */
  void deliver(Delivery delivery);

  /**
   * The consumer is lost and takes no more; its unsettled deliveries have been told that their lease is lost. Called once,
   * not after the queue has closed the consumer, and whether or not the session is lost too.
   *
   * @param cause why
   */
  void lost(Throwable cause);
}
