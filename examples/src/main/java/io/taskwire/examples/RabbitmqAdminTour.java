/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.TaskQueue;
import io.taskwire.rabbitmq.QueueStats;
import io.taskwire.rabbitmq.RabbitmqAdmin;
import java.util.List;

/** Looks after queues; {@code bin/taskwire admin} does the same from a shell. */
public final class RabbitmqAdminTour {

  public static void main(String[] args) {
    String broker = args.length == 0 ? "amqp://localhost" : args[0];
    try (TaskQueue queue = TaskQueue.open(broker)) {
      queue.send("mail", "to Ann").await();
      queue.send("mail", "to Bob").await();
    }

    // region admin
    try (RabbitmqAdmin admin = RabbitmqAdmin.open(broker)) {
      for (QueueStats queue : admin.queues(List.of("mail")).await()) {
        System.out.println(
            queue.name() + ": " + queue.ready() + " waiting, " + queue.consumers() + " consumers");
      }
      System.out.println(admin.purge("mail").await() + " purged");
      admin.delete("mail", true, true).await(); // refused if it is in use, or not empty
    }
    // endregion
  }
}
