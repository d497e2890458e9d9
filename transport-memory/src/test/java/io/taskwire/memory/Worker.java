/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Delivery;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Settled;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A consumer whose deliveries wait for the test to settle them. */
final class Worker implements ConsumerListener {

  final QueueSide queue;
  final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  final BlockingQueue<Throwable> lost = new LinkedBlockingQueue<>();
  final Consumer consumer;

  Worker(QueueSide queue, ConsumerSpec spec) {
    this.queue = queue;
    this.consumer = queue.await(() -> queue.session.consume(spec, this));
  }

  @Override
  public void deliver(Delivery delivery) {
    queue.requireLoop();
    deliveries.add(delivery);
  }

  @Override
  public void lost(Throwable cause) {
    queue.requireLoop();
    lost.add(cause);
  }

  Held next() {
    try {
      Delivery delivery = deliveries.poll(QueueSide.LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (delivery == null) {
        throw new AssertionError("no task was delivered");
      }
      return new Held(delivery);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A delivery, settled on the loop. */
  final class Held {

    final Delivery delivery;

    Held(Delivery delivery) {
      this.delivery = delivery;
    }

    String payload() {
      return queue.call(delivery::payload).toString();
    }

    int attempt() {
      return queue.call(delivery::attempt).getAsInt();
    }

    Settled complete(String result) {
      return queue.await(() -> delivery.complete(Buffer.buffer(result), Map.of()));
    }

    Settled fail(Failure failure) {
      return queue.await(() -> delivery.fail(failure));
    }

    Settled retry(Duration delay) {
      return queue.await(() -> delivery.retry(delay));
    }

    Settled deadLetter(Failure failure) {
      return queue.await(() -> delivery.deadLetter(failure));
    }

    Settled giveBack() {
      return queue.await(delivery::giveBack);
    }
  }
}
