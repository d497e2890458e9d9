/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.vertx.core.Future;

/** A handler on the event loop: it starts work, composes futures and must not block. */
public final class AsyncHandler {

  record Trip(String from, String to) {}

  record Offer(String flight, String hotel) {}

  static final TaskType<Trip, Offer> PLAN = TaskType.of("plan", Trip.class, Offer.class);

  public static void main(String[] args) {
    try (TaskQueue queue = TaskQueue.open("memory:")) {
      queue.onAsync(PLAN, AsyncHandler::plan);
      queue.start().await();

      System.out.println(queue.call(PLAN, new Trip("Rome", "Oslo")).await());
    }
  }

  private static Future<Offer> plan(Trip trip) {
    Future<String> flight = ask("a flight from " + trip.from());
    Future<String> hotel = ask("a hotel in " + trip.to());
    return Future.all(flight, hotel).map(both -> new Offer(flight.result(), hotel.result()));
  }

  /** Stands for a web client or a database. */
  private static Future<String> ask(String what) {
    return Future.succeededFuture(what);
  }
}
