/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.Delivery;
import io.taskwire.tck.bed.Await;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Remembers what was delivered; a test thread takes it. */
final class Received implements DeliveryReceiver {

  final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  @Override
  public void delivered(Delivery delivery) {
    deliveries.add(delivery);
  }

  @Override
  public void cancelled() {
    ends.add("cancelled");
  }

  Delivery next() {
    return Await.next(deliveries);
  }
}
