/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.WorkerJob;
import java.util.Locale;

/** A worker that reverses text, as in the READMEs of Gearman's libraries; the server is part of the program. */
public final class GearmanReverseWorker {

  public static void main(String[] args) {
    try (GearmanServer server = GearmanServer.start();
        GearmanWorker worker = GearmanWorker.open(server.uri());
        GearmanClient client = GearmanClient.open(server.uri())) {
      // region worker
      worker.register("reverse", GearmanReverseWorker::reverse).await();
      // endregion

      System.out.println(client.submit("reverse", "Hello World").result().await());

      // Functions come and go while the worker runs.
      worker.register("upper", job -> job.text().toUpperCase(Locale.ROOT)).await();
      System.out.println(client.submit("upper", "Hello World").result().await());
      worker.unregister("upper").await();
      System.out.println("serving " + worker.functions());
    }
  }

  // region function
  private static Object reverse(WorkerJob job) {
    job.progress(1, 2);
    return new StringBuilder(job.text()).reverse();
  }
  // endregion
}
