/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

/** What has become of a published message: exactly one of these, once, on the event loop, never within the publish itself. */
public interface PublishListener {

  /** The broker is responsible for it now. */
  void confirmed();

  /** No queue takes it: the broker dropped it. */
  void returned(int code, String text);

  /** The broker could not take responsibility for it; it may be in the queue all the same. */
  void refused();

  /**
   * The connection ended before the broker had answered.
   *
   * @param cause why; a {@link BrokerRefusal} if the broker closed the channel because of a message of it
   * @param sent false if it is sure that the broker has not seen it
   */
  void lost(Throwable cause, boolean sent);
}
