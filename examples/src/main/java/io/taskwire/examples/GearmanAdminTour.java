/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.gearman.FunctionStatus;
import io.taskwire.gearman.GearmanAdmin;
import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanCommandException;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.JobFailedException;
import io.taskwire.gearman.JobRefusedException;
import io.taskwire.gearman.JobRequest;

/** Looks after a Gearman server: what waits, who works, limits, cancelling, and the end of the server. */
public final class GearmanAdminTour {

  public static void main(String[] args) {
    try (GearmanServer server = GearmanServer.start();
        GearmanAdmin admin = GearmanAdmin.open(server.uri())) {
      admin.createFunction("resize").await();
      admin.maxQueue("resize", 2).await(); // of each priority
      try (GearmanClient client = GearmanClient.open(server.uri())) {
        look(client, admin);

        // Over a connection that is open already, and in the protocol's own words.
        GearmanAdmin shared = client.admin(client.servers().get(0).server());
        System.out.println(shared.command("create function crop").await());
      }
      admin.shutdownServer().await(); // gearmand 1.1 does not know this one
      server.closed().await();
      System.out.println("the server has ended");
    }
  }

  private static void look(GearmanClient client, GearmanAdmin admin) {
    GearmanJob first = client.submit("resize", "cat.png").accepted().await();
    client.submit(JobRequest.of("resize", "dog.png").background()).accepted().await();
    try {
      client.submit("resize", "cow.png").accepted().await();
    } catch (JobRefusedException e) {
      System.out.println("the queue is full");
    }

    // region admin
    for (FunctionStatus function : admin.status().await()) {
      System.out.println(function.function() + ": " + function.waiting() + " waiting, "
          + function.workers() + " workers");
    }
    System.out.println(admin.jobs().await().size() + " jobs");
    System.out.println(admin.workers().await().size() + " connections");
    // endregion

    admin.cancelJob(first.handle()).await();
    try {
      first.result().await();
    } catch (JobFailedException e) {
      System.out.println("the job is " + first.state());
    }
    try {
      admin.cancelJob("H:nowhere:1").await();
    } catch (GearmanCommandException e) {
      System.out.println(e.code()); // what the server says behind ERR
    }
  }
}
