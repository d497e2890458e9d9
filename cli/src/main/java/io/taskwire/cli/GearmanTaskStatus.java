/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.Progress;
import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanServerStatus;
import io.taskwire.gearman.JobStatus;
import java.util.List;

/** How it stands with a job, by its handle. */
final class GearmanTaskStatus {

  private GearmanTaskStatus() {}

  static Report ask(String uri, String handle) {
    GearmanOptions options = GearmanOptions.of(uri).toBuilder().noRetry().build();
    try (GearmanClient client = GearmanClient.open(options)) {
      client.connected().await();
      for (GearmanServerStatus server : client.servers()) {
        if (server.isConnected()) {
          JobStatus status = client.status(server.server(), handle).await();
          if (status.known()) {
            return report(status);
          }
        }
      }
      return Report.value("state", "unknown");
    }
  }

  private static Report report(JobStatus status) {
    Progress progress = status.progress();
    if (!status.running()) {
      return Report.value("state", "waiting");
    }
    return progress == null
        ? Report.value("state", "running")
        : new Report(
            List.of("state", "progress"),
            List.of(List.of("running", progress.done() + "/" + progress.total())),
            Report.Form.VALUES);
  }
}
