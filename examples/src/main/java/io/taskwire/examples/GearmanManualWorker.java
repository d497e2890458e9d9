/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.gearman.FunctionOptions;
import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.WorkerJob;
import java.time.Duration;

/** A worker that takes its jobs one by one in a loop of its own, and ends each by a call. */
public final class GearmanManualWorker {

  public static void main(String[] args) throws InterruptedException {
    try (GearmanServer server = GearmanServer.start();
        GearmanWorker worker = GearmanWorker.open(server.uri());
        GearmanClient client = GearmanClient.open(server.uri())) {
      worker.registerManual("divide", FunctionOptions.create().concurrency(1)).await();
      GearmanJob first = client.submit("divide", "84/2");
      first.accepted().await();
      GearmanJob second = client.submit("divide", "1/0");

      // region loop
      for (WorkerJob job = worker.takeJob(Duration.ofMillis(500));
          job != null;
          job = worker.takeJob(Duration.ofMillis(500))) {
        System.out.println("got " + job.text());
        String[] numbers = job.text().split("/", 2);
        try {
          int quotient = Integer.parseInt(numbers[0]) / Integer.parseInt(numbers[1]);
          job.complete(Integer.toString(quotient));
        } catch (ArithmeticException e) {
          job.exception(e);
        }
      }
      // endregion

      System.out.println(first.result().await());
      System.out.println(
          second.result().otherwise(cause -> null).await() == null ? second.state() : "?");
    }
  }
}
