/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.Delivery;

/** Who gets what a queue delivers; on the event loop. */
public interface DeliveryReceiver {

  /** A message, to be settled on the channel that it came on. */
  void delivered(Delivery delivery);

  /** The broker has ended the consumer: its queue was deleted, or has lost its node. Nothing is delivered any more. */
  void cancelled();
}
