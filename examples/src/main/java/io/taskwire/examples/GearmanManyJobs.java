/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanListener;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.JobReport;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.JobState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Several jobs at once on two servers, of which one fails, and a wait that is too short for one of the jobs. */
public final class GearmanManyJobs {

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch connected = new CountDownLatch(2);
    CountDownLatch goOn = new CountDownLatch(1);
    GearmanServer failing = GearmanServer.start();
    try (GearmanServer server = GearmanServer.start();
        GearmanWorker worker = GearmanWorker.open(server.uri());
        GearmanClient client = GearmanClient.open(GearmanOptions.builder()
            .server(failing.host(), failing.port())
            .server(server.host(), server.port())
            .listener(counting(connected))
            .build())) {
      worker
          .register("square", job -> {
            int number = Integer.parseInt(job.text());
            return String.valueOf(number * number);
          })
          .await();
      worker
          .register("slow", job -> {
            goOn.await();
            return "at last";
          })
          .await();
      connected.await();

      // region jobs
      List<GearmanJob> jobs = client.submitAll(List.of(
          JobRequest.of("square", "1"),
          JobRequest.of("square", "2"),
          JobRequest.of("square", "3"),
          JobRequest.of("slow", "")));
      JobReport accepted =
          client.waitUntilAccepted(jobs, Duration.ofSeconds(10)).await();
      System.out.println("accepted: " + accepted.done().size());

      failing.shutdown(Duration.ZERO).await(); // nobody took the jobs that were there
      client.waitUntilCompleted(jobs.subList(0, 3), Duration.ofSeconds(10)).await();
      JobReport report = client.waitUntilCompleted(jobs, Duration.ofMillis(100)).await();
      report.done().forEach(job -> System.out.println(job.request() + " is " + job.state()));
      report.open().forEach(job -> System.out.println(job.request() + " is " + job.state()));

      // A lost job may have run: to submit it again is the caller's decision.
      List<GearmanJob> again = client.submitAll(
          report.in(JobState.LOST).stream().map(GearmanJob::request).toList());
      for (GearmanJob job : again) {
        System.out.println("again: " + job.result(String.class).await());
      }

      goOn.countDown();
      JobReport late =
          client.waitUntilCompleted(report.open(), Duration.ofSeconds(10)).await();
      late.done().forEach(job -> System.out.println(job.result(String.class).await()));
      // endregion

      // Or it is sent again by itself, to a server that is connected then.
      JobRequest retried = JobRequest.of("square", "4").maxRetries(3);
      System.out.println(client.submit(retried).result(String.class).await());
    }
  }

  private static GearmanListener counting(CountDownLatch connected) {
    return new GearmanListener() {
      @Override
      public void connected(String server) {
        connected.countDown();
      }
    };
  }
}
