/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import io.taskwire.FailureCode;
import io.taskwire.TaskException;
import io.taskwire.TaskStatus;
import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.Bag;
import io.taskwire.spi.Failure;
import io.taskwire.spi.SubmitListener;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One accepted submit of a task; several, where a unique key has joined them. It is its own event in its queue's inbox:
 * the first time for the acceptance, the second for the end.
 */
final class Caller extends Bag.Element implements AcceptedTask, Runnable {

  final Port port;
  private final MemoryTask task;

  // under the broker's lock
  @Nullable
  Caller previous;

  @Nullable
  Caller next;

  private boolean waits;
  private @Nullable Object outcome;
  private Map<String, String> outcomeHeaders = Map.of();

  // on the queue's loop
  private @Nullable SubmitListener listener;
  private boolean accepted;

  Caller(Port port, MemoryTask task, SubmitListener listener) {
    this.port = port;
    this.task = task;
    this.listener = listener;
  }

  /** Waits for the end. Under the lock. */
  void await() {
    waits = true;
    task.addCaller(this);
    port.callers.add(this);
  }

  /** Ends the wait with a Buffer, a Failure or a TaskException; the task has forgotten this caller. Under the lock. */
  void end(Object how, Map<String, String> headers) {
    waits = false;
    port.callers.remove(this);
    outcome = how;
    outcomeHeaders = headers;
    port.post(this);
  }

  /** Ends the wait because the queue is closed. Under the lock. */
  void end(TaskException cause) {
    task.removeCaller(this);
    end(cause, Map.of());
  }

  @Override
  public void run() {
    SubmitListener told = listener;
    if (!accepted) {
      accepted = true;
      if (told != null) {
        told.accepted(this);
      }
      return;
    }
    listener = null;
    Object how = outcome;
    if (told == null) {
      port.lateReply(task.id());
    } else if (how instanceof TaskException cause) {
      told.lost(cause);
    } else if (how instanceof Failure failure) {
      told.failed(failure);
    } else if (how instanceof Buffer result) {
      completed(told, result);
    }
  }

  private void completed(SubmitListener told, Buffer result) {
    if (result.length() > port.maxPayload) {
      told.failed(new Failure(
          FailureCode.TOO_LARGE,
          "",
          Port.tooLarge("the result", result.length(), port.maxPayload),
          null));
    } else {
      told.completed(result, outcomeHeaders);
    }
  }

  void progress(long done, long total) {
    if (listener != null) {
      listener.progress(done, total);
    }
  }

  void data(Buffer chunk) {
    if (listener != null) {
      listener.data(chunk);
    }
  }

  String taskName() {
    return task.name();
  }

  @Override
  public String id() {
    return task.id();
  }

  @Override
  public void abandon() {
    listener = null;
    port.broker.enter();
    try {
      if (stopWaiting()) {
        task.abandonedBy(port);
      }
    } finally {
      port.broker.exit();
    }
  }

  private boolean stopWaiting() {
    if (!waits) {
      return false;
    }
    waits = false;
    task.removeCaller(this);
    port.callers.remove(this);
    return true;
  }

  @Override
  public Future<Boolean> cancel() {
    port.broker.enter();
    try {
      if (task.isOver()) {
        return Future.succeededFuture(false);
      }
      MemoryDelivery delivery = task.delivery;
      task.cancelled = true;
      if (delivery == null) {
        stopWaiting();
        port.broker.drop(task, Broker.CANCELLED);
      } else {
        port.broker.forgetUnique(task);
        delivery.cancel();
      }
      return Future.succeededFuture(true);
    } finally {
      port.broker.exit();
    }
  }

  @Override
  public Future<TaskStatus> status() {
    port.broker.enter();
    try {
      return Future.succeededFuture(new TaskStatus(task.state, task.progress));
    } finally {
      port.broker.exit();
    }
  }
}
