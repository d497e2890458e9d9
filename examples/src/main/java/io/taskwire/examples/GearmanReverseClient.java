/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanWorker;

/** A client that has a text reversed, as in the READMEs of Gearman's libraries; server and worker are part of the program. */
public final class GearmanReverseClient {

  public static void main(String[] args) {
    try (GearmanServer server = GearmanServer.start();
        GearmanWorker worker = GearmanWorker.open(server.uri())) {
      worker
          .register("reverse", job -> new StringBuilder(job.text()).reverse().toString())
          .await();

      // region client
      try (GearmanClient client = GearmanClient.open(server.uri())) {
        GearmanJob job = client.submit("reverse", "Hello World");
        System.out.println(job.result(String.class).await() + ", " + job.state());
      }
      // endregion
    }
  }
}
