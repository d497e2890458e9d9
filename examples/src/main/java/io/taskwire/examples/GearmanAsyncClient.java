/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.JobThrewException;
import io.vertx.core.Future;
import java.util.concurrent.CountDownLatch;

/** A client that waits for nothing: all it hears comes to callbacks, on its event loop. */
public final class GearmanAsyncClient {

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    try (GearmanServer server = GearmanServer.start();
        GearmanWorker worker = GearmanWorker.open(server.uri());
        GearmanClient client = GearmanClient.open(server.uri())) {
      worker
          .register("greet", job -> {
            job.progress(1, 2);
            job.data("Hello ");
            job.warning("almost there");
            return job.text();
          })
          .await();
      worker
          .register("refuse", job -> {
            throw new IllegalArgumentException("I do not know " + job.text());
          })
          .await();

      submit(client, "greet")
          .transform(end -> submit(client, "refuse"))
          .onComplete(end -> done.countDown());
      done.await();
    }
  }

  // region callbacks
  private static Future<?> submit(GearmanClient client, String function) {
    GearmanJob job = client.submit(JobRequest.of(function, "Ann"), GearmanAsyncClient::prepare);
    return job.result(String.class)
        .onSuccess(result -> System.out.println("complete: " + result))
        .onFailure(failure -> System.out.println(job.state() + ": "
            + (failure instanceof JobThrewException threw ? threw.data() : failure)));
  }

  /** Called before the job is sent, so that nothing is missed. */
  private static void prepare(GearmanJob job) {
    job.accepted().onSuccess(created -> System.out.println("created: " + job.request()));
    job.onProgress(
        progress -> System.out.println("status: " + progress.done() + "/" + progress.total()));
    job.data().handler(chunk -> System.out.println("data: " + chunk));
    job.warnings().handler(warning -> System.out.println("warning: " + warning));
  }
  // endregion
}
