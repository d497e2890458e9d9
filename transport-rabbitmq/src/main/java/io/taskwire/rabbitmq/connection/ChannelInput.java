/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import java.io.IOException;

/** Reads on a channel what amqp-client need not see: what comes for each task. On the event loop. */
interface ChannelInput {

  /**
   * Offers a method.
   *
   * @param method one of {@link Methods}
   * @return false if it is amqp-client's, and nothing was read
   */
  boolean method(int method, FrameReader frame) throws IOException;

  /**
   * Offers a frame with the header or a part of the body of a message.
   *
   * @return false if the method before it was amqp-client's
   */
  boolean content(int type, FrameReader frame) throws IOException;

  /** The broker closes the channel: nothing may be written on it any more. */
  void closing();
}
