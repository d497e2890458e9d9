/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.TypeRef;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task's name and types, written down once and used by caller and worker alike. */
public final class TypedTasks {

  record Order(String id, LocalDate day, long cents, Optional<String> coupon) {}

  record Receipt(String orderId, long cents) {}

  static final TaskType<Order, Receipt> CHARGE = TaskType.of("charge", Order.class, Receipt.class);

  // A class cannot name its type arguments; a TypeRef can.
  static final TaskType<List<Order>, Map<LocalDate, Long>> PER_DAY =
      TaskType.of("per-day", new TypeRef<>() {}, new TypeRef<>() {});

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.on(CHARGE, order -> new Receipt(order.id(), afterCoupon(order)));
      queue.on(PER_DAY, TypedTasks::perDay);
      queue.start().await();

      LocalDate day = LocalDate.of(2026, 3, 1);
      Order plain = new Order("A-1", day, 900, Optional.empty());
      Order cheap = new Order("A-2", day, 900, Optional.of("HALF"));
      Receipt receipt = queue.call(CHARGE, cheap).await();
      System.out.println(receipt);
      System.out.println(queue.call(PER_DAY, List.of(plain, cheap)).await());
    }
  }

  private static long afterCoupon(Order order) {
    return order.coupon().isPresent() ? order.cents() / 2 : order.cents();
  }

  private static Map<LocalDate, Long> perDay(List<Order> orders) {
    return orders.stream().collect(groupingBy(Order::day, summingLong(TypedTasks::afterCoupon)));
  }
}
