/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.Capabilities;
import io.taskwire.TaskConnectException;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Consumer;
import io.taskwire.spi.ConsumerListener;
import io.taskwire.spi.ConsumerSpec;
import io.taskwire.spi.Session;
import io.taskwire.spi.SessionListener;
import io.taskwire.spi.Submission;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import java.util.List;

/** A queue's connection to its broker. There is no wire that could break: it is lost only if a fault is injected. */
final class MemorySession implements Session {

  private final Port port;
  private final SessionListener listener;
  private boolean closed;

  /** Whether the queue has closed it, and hears of no loss any more, not even one that is on its way. */
  private boolean closedByQueue;

  MemorySession(Port port, SessionListener listener) {
    this.port = port;
    this.listener = listener;
  }

  @Override
  public Capabilities capabilities() {
    return MemoryTransportProvider.CAPABILITIES;
  }

  @Override
  public void submit(Submission submission, SubmitListener submitListener) {
    if (closed) {
      port.broker.enter();
      try {
        port.post(() -> submitListener.rejected(new TaskConnectException(
            "the session with the memory broker is closed", submission.taskName(), null, null)));
      } finally {
        port.broker.exit();
      }
      return;
    }
    port.broker.submit(port, submission, submitListener);
  }

  @Override
  public boolean isWritable() {
    return !closed;
  }

  @Override
  public Future<Consumer> consume(ConsumerSpec spec, ConsumerListener consumerListener) {
    return closed
        ? Future.failedFuture(closedException())
        : Future.succeededFuture(port.broker.consume(port, spec, consumerListener));
  }

  @Override
  public Future<Void> ping() {
    return closed ? Future.failedFuture(closedException()) : Future.succeededFuture();
  }

  private static BrokerConnectException closedException() {
    return new BrokerConnectException("the session with the memory broker is closed", true, null);
  }

  void lateReply(String taskId) {
    listener.lateReply(taskId);
  }

  /** Is lost: the tasks in its hands go back to the broker, and results are waited for across it. */
  void lose(Throwable cause) {
    port.connected(null);
    closed = true;
    port.broker.enter();
    try {
      for (MemoryConsumer consumer : List.copyOf(port.consumers)) {
        consumer.leave(cause);
        port.post(() -> consumer.tellLost(cause));
      }
      port.post(() -> {
        if (!closedByQueue) {
          listener.lost(cause);
        }
      });
    } finally {
      port.broker.exit();
    }
  }

  @Override
  public Future<Void> close() {
    closedByQueue = true;
    if (closed) {
      return Future.succeededFuture();
    }
    port.connected(null);
    closed = true;
    port.broker.enter();
    try {
      for (MemoryConsumer consumer : List.copyOf(port.consumers)) {
        consumer.leave();
      }
      return port.heard();
    } finally {
      port.broker.exit();
    }
  }
}
