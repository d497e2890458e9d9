/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.JobStatus;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** Asks after a background job, whose server tells nothing by itself. */
public final class GearmanJobStatus {

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    try (GearmanServer server = GearmanServer.start();
        GearmanClient client = GearmanClient.open(server.uri());
        GearmanWorker worker = GearmanWorker.open(server.uri())) {
      // region status
      GearmanJob job =
          client.submit(JobRequest.of("import", "orders.csv").background().unique("orders"));
      job.accepted().await();
      show(client.status(job).await());

      worker
          .register("import", work -> {
            work.progress(1, 2);
            goOn.await();
            return null;
          })
          .await();
      show(ask(client, status -> status.progress() != null));

      goOn.countDown();
      show(ask(client, status -> !status.known())); // servers forget what has ended
      // endregion
    }
  }

  /** Asks by the unique key, which another program may do too, until the answer is the one expected. */
  private static JobStatus ask(GearmanClient client, Predicate<JobStatus> expected)
      throws InterruptedException {
    JobStatus status = client.statusByUnique("orders").await();
    while (!expected.test(status)) {
      Thread.sleep(10);
      status = client.statusByUnique("orders").await();
    }
    return status;
  }

  private static void show(JobStatus status) {
    System.out.println(
        "known " + status.known() + ", running " + status.running() + ", " + status.progress());
  }
}
