/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import static io.taskwire.Raw.RAW;

import io.taskwire.RemoteTaskException;
import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/** What {@code bin/demo} runs: a typed task, a failure, a task without response and a raw one, on {@code memory:}. */
public final class Demo {

  record Order(String id, int apples) {}

  record Receipt(String orderId, String price) {}

  static final TaskType<Order, Receipt> PRICE = TaskType.of("price", Order.class, Receipt.class);

  public static void main(String[] args) {
    String url = args.length == 0 ? "memory:" : args[0];
    Promise<String> noted = Promise.promise();
    System.out.println("Opening a task queue on " + url);
    try (TaskQueue queue = TaskQueue.open(url)) {
      queue.on(PRICE, order -> {
        if (order.apples() <= 0) {
          throw new IllegalArgumentException("no apples in order " + order.id());
        }
        return new Receipt(order.id(), order.apples() * 25 + " cents");
      });
      queue.on("note", String.class, text -> {
        noted.complete(text);
        return null;
      });
      queue.on("xor", RAW, bytes -> flip(bytes));
      queue.start().await();
      System.out.println("Connected, and three handlers are live: price, note, xor");

      System.out.println("1. A typed task: price of " + new Order("A-1", 4));
      System.out.println("  result: " + queue.call(PRICE, new Order("A-1", 4)).await());

      System.out.println("2. A task that fails: price of " + new Order("A-2", 0));
      try {
        queue.call(PRICE, new Order("A-2", 0)).await();
      } catch (RemoteTaskException e) {
        System.out.println("  its caller gets: " + e.getMessage());
      }

      System.out.println("3. A task without response: note");
      System.out.println(
          "  accepted as " + queue.send("note", "the caller did not wait").await());
      System.out.println("  its handler got: " + noted.future().await());

      System.out.println("4. A raw task: xor of the bytes 00 0d 0a c1");
      Buffer bytes = Buffer.buffer(new byte[] {0, 0x0d, 0x0a, (byte) 0xc1});
      System.out.println("  result: " + hex(queue.call("xor", RAW, bytes).await()));
    }
    System.out.println(
        "Closed. The same on a broker: bin/demo gearman://localhost, beanstalk://localhost or amqp://localhost");
  }

  private static Buffer flip(Buffer bytes) {
    Buffer out = Buffer.buffer(bytes.length());
    for (byte each : bytes.getBytes()) {
      out.appendByte((byte) ~each);
    }
    return out;
  }

  private static String hex(Buffer bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes.getBytes());
  }
}
