/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import static io.taskwire.Priority.HIGH;
import static io.taskwire.Raw.RAW;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.taskwire.SubmitOptions;
import io.taskwire.TaskHandle;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.TypeRef;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The API on one screen. */
public final class ApiTour {

  record Order(String id, long cents) {}

  record Receipt(String orderId, long cents) {}

  // region types
  static final TaskType<Order, Receipt> CHARGE = TaskType.of("charge", Order.class, Receipt.class);
  static final TaskType<List<Order>, Long> TOTAL =
      TaskType.of("total", new TypeRef<>() {}, new TypeRef<>() {});
  static final TaskType<Buffer, Buffer> THUMBNAIL = TaskType.raw("thumbnail"); // bytes both ways
  // endregion

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      handle(queue);
      queue.start().await();
      submit(queue);
    }
  }

  private static void handle(TaskQueue queue) {
    // region handlers
    queue.on(CHARGE, (order, context) -> { // blocking code, on a thread of its own
      context.progress(1, 3);
      return new Receipt(order.id(), order.cents());
    });
    queue.onAsync(TOTAL, orders -> sum(orders)); // on the event loop, returns a Future
    queue.on("my_task", data -> "world"); // untyped: numbers, strings, lists and maps
    queue.on("thumbnail", RAW, (bytes, context) -> shrink(bytes)); // raw bytes
    // endregion
  }

  private static void submit(TaskQueue queue) {
    Order order = new Order("A-1", 900);
    // region submits
    Receipt receipt = queue.call(CHARGE, order).await(); // submit and result in one
    String id = queue.send(CHARGE, order).await(); // accepted; nobody wants the result

    SubmitOptions wishes = SubmitOptions.create()
        .timeout(ofSeconds(9))
        .priority(HIGH)
        .delay(ofMinutes(1))
        .unique("totals")
        .header("tenant", "7");
    TaskHandle<Long> handle = queue.task(TOTAL, List.of(order), wishes).await();
    handle.onProgress(p -> System.out.println(p.done() + " of " + p.total()));
    handle.onData(chunk -> System.out.println(chunk.length() + " bytes ahead of the result"));
    System.out.println(handle.status().await().state()); // DELAYED
    System.out.println(handle.cancel().await()); // true: it will not run
    // endregion
    System.out.println(receipt);
    System.out.println("sent, it has an id: " + !id.isEmpty());
    System.out.println(queue.call("my_task", "hello").await());
    System.out.println(queue.call(THUMBNAIL, Buffer.buffer("picture")).await());

    TaskHandle<Receipt> silent =
        queue.task(CHARGE, order, SubmitOptions.noResponse()).await();
    System.out.println(silent.result().await());
    TaskHandle<Receipt> unwanted = queue.task(CHARGE, order).await();
    unwanted.abandon(); // stop waiting; the task itself goes on
  }

  private static Future<Long> sum(List<Order> orders) {
    return Future.succeededFuture(orders.stream().mapToLong(Order::cents).sum());
  }

  private static Buffer shrink(Buffer picture) {
    return picture.getBuffer(0, 4);
  }
}
