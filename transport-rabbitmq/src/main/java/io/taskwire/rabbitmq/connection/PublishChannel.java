/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

/** A channel with confirms that only publishes, every message mandatory; on the event loop of its connection. */
public final class PublishChannel {

  /**
   * Publishes. Messages reach the broker in the order of the calls.
   *
   * @param listener told once what has become of it, later
   */
  public void publish(Message message, PublishListener listener) {
    throw new UnsupportedOperationException();
  }

  /** Messages whose fate is not known yet. */
  public int unconfirmed() {
    throw new UnsupportedOperationException();
  }
}
