/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.gearman.GearmanServer;

/** A caller that ends while its task is under way, and gets the result in its next life. */
public final class SurvivingRestart {

  static final TaskType<Integer, String> REPORT =
      TaskType.of("report", Integer.class, String.class);

  public static void main(String[] args) {
    try (GearmanServer server = GearmanServer.start()) {
      String broker = "gearman://127.0.0.1:" + server.port();

      // region submit
      String id;
      try (TaskQueue caller = TaskQueue.open(broker + "?clientId=billing")) {
        id = caller.task(REPORT, 2026).await().id(); // to be kept where it survives this process
      }
      // endregion
      System.out.println("the caller is gone");

      try (TaskQueue worker = TaskQueue.open(broker)) {
        worker.on(REPORT, year -> "the report of " + year);
        worker.start().await();

        // region attach
        try (TaskQueue caller = TaskQueue.open(broker + "?clientId=billing")) {
          System.out.println(caller.attach(id, REPORT).result().await());
        }
        // endregion
      }
    }
  }
}
