/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.RemoteTaskException;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;

/** A worker for callers on aioqueue, and a caller of workers on it: what is a dict there may be a record here. */
public final class AioqueuePeers {

  // region types
  record Order(String id, int cents) {}

  record Receipt(String order, int cents) {}

  static final TaskType<Order, Receipt> CHARGE = TaskType.of("charge", Order.class, Receipt.class);
  // endregion

  public static void main(String[] args) {
    String broker = args.length == 0 ? "amqp://localhost" : args[0];
    try (TaskQueue worker = TaskQueue.open(broker);
        TaskQueue caller = TaskQueue.open(broker)) {
      serve(worker);
      call(caller);
    }
  }

  private static void serve(TaskQueue queue) {
    // region worker
    queue.on(CHARGE, order -> {
      if (order.cents() <= 0) {
        throw new IllegalArgumentException("nothing to charge for " + order.id());
      }
      return new Receipt(order.id(), order.cents());
    });
    queue.start().await();
    // endregion
  }

  private static void call(TaskQueue queue) {
    // region caller
    System.out.println(queue.call(CHARGE, new Order("A-1", 900)).await());
    try {
      queue.call(CHARGE, new Order("A-2", 0)).await();
    } catch (RemoteTaskException e) {
      System.out.println(e.remoteMessage());
    }
    // endregion
  }
}
