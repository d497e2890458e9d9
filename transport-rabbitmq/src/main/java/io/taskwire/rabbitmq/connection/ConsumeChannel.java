/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.vertx.core.Future;

/** A channel with one consumer at most; on the event loop of its connection. */
public final class ConsumeChannel {

  /**
   * Begins to consume; once only.
   *
   * @return the consumer tag; fails with a {@link BrokerRefusal}, and the channel is closed then, or with the connection's end
   */
  public Future<String> consume(String queue, DeliveryReceiver receiver) {
    throw new UnsupportedOperationException();
  }

  /** Ends the consumer. Completes when the broker has ended it and all that it had delivered has been handed over. */
  public Future<Void> cancel() {
    throw new UnsupportedOperationException();
  }

  /** Settles a delivery as done. */
  public void ack(long tag) {
    throw new UnsupportedOperationException();
  }

  /** Settles as done all that was delivered up to a tag, inclusive, and not yet settled. */
  public void ackUpTo(long tag) {
    throw new UnsupportedOperationException();
  }

  /** Gives a delivery back, to be delivered again if {@code requeue}, else to the dead letters or to nowhere. */
  public void nack(long tag, boolean requeue) {
    throw new UnsupportedOperationException();
  }

  /** Gives a delivery to the dead letters of its queue, or to nowhere. */
  public void reject(long tag) {
    throw new UnsupportedOperationException();
  }

  /** The end of this channel, with the reason: a {@link BrokerRefusal} if the broker closed it alone, or the connection's end. */
  public Future<Throwable> closed() {
    throw new UnsupportedOperationException();
  }

  /** Closes the channel in a round trip: what was settled before is taken then, the rest is given back. Does not fail. */
  public Future<Void> close() {
    throw new UnsupportedOperationException();
  }
}
