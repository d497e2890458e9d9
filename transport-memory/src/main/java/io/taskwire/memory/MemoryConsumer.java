/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.spi.Bag;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Settled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** A consumer. Called on its queue's loop; what changes is under the broker's lock. */
final class MemoryConsumer implements Consumer {

  final Port port;
  final ConsumerSpec spec;
  final ConsumerListener listener;
  final NamedTasks named;

  /** Whether it is among the consumers that wait for their turn. */
  boolean inTurn;

  private final Bag<MemoryDelivery> unsettled = new Bag<>();
  private boolean paused;
  private boolean draining;
  private boolean closed;
  private @Nullable Promise<Void> drained;

  /** Whether the queue has closed it, and hears of no loss any more; on the queue's loop. */
  private boolean closedByQueue;

  MemoryConsumer(Port port, ConsumerSpec spec, ConsumerListener listener, NamedTasks named) {
    this.port = port;
    this.spec = spec;
    this.listener = listener;
    this.named = named;
  }

  boolean takes() {
    return !paused && !draining && !closed && unsettled.size() < spec.concurrency();
  }

  void take(MemoryDelivery delivery) {
    unsettled.add(delivery);
    port.post(delivery);
  }

  /** Has a free slot again. Under the lock. */
  void release(MemoryDelivery delivery) {
    unsettled.remove(delivery);
    named.offer(this);
    if (drained != null && unsettled.size() == 0) {
      finishDrain();
    }
  }

  private void finishDrain() {
    Promise<Void> promise = drained;
    drained = null;
    if (promise != null) {
      port.post(() -> promise.complete(null));
    }
  }

  @Override
  public void pause() {
    port.broker.enter();
    try {
      paused = true;
      giveBackUnstarted();
      port.broker.dispatch(named);
    } finally {
      port.broker.exit();
    }
  }

  @Override
  public void resume() {
    port.broker.enter();
    try {
      paused = false;
      named.offer(this);
      port.broker.dispatch(named);
    } finally {
      port.broker.exit();
    }
  }

  private void giveBackUnstarted() {
    for (int i = unsettled.size() - 1; i >= 0; i--) {
      MemoryDelivery delivery = unsettled.get(i);
      if (delivery.revoke()) {
        unsettled.remove(delivery);
      }
    }
  }

  @Override
  public Future<Void> drain() {
    port.broker.enter();
    try {
      draining = true;
      giveBackUnstarted();
      port.broker.dispatch(named);
      if (unsettled.size() == 0) {
        return Future.succeededFuture();
      }
      Promise<Void> promise = drained == null ? Promise.promise() : drained;
      drained = promise;
      return promise.future();
    } finally {
      port.broker.exit();
    }
  }

  @Override
  public Future<Void> close() {
    closedByQueue = true;
    port.broker.enter();
    try {
      if (closed) {
        return Future.succeededFuture();
      }
      leave(
          new BrokerConnectException(
              "the consumer was closed before the task was settled", true, null),
          Settled.LEASE_LOST);
      return port.heard();
    } finally {
      port.broker.exit();
    }
  }

  /** Is closed with its queue. Under the lock. */
  void leave() {
    leave(
        new BrokerConnectException("the queue was closed before the task was settled", true, null));
  }

  /** Is lost with its connection. Under the lock. */
  void leave(Throwable cause) {
    leave(cause, Settled.CONNECTION_LOST);
  }

  void tellLost(Throwable cause) {
    if (!closedByQueue) {
      listener.lost(cause);
    }
  }

  private void leave(Throwable cause, Settled answer) {
    closed = true;
    named.consumers--;
    named.forget(this);
    port.consumers.remove(this);
    giveBackUnstarted();
    for (int i = unsettled.size() - 1; i >= 0; i--) {
      MemoryDelivery delivery = unsettled.get(i);
      unsettled.remove(delivery);
      delivery.lose(cause, answer);
    }
    if (drained != null) {
      finishDrain();
    }
    port.broker.dispatch(named);
    port.broker.forgetIfUnused(named);
  }
}
