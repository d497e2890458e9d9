/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.gearman.GearmanServerCounters;

/** Counts. */
final class Tally {

  long connectionsAccepted;
  long connectionsRefused;
  long connectionsTooSlow;
  long packetsReceived;
  long packetsSent;
  long textCommands;
  long malformed;
  long submitted;
  long joined;
  long rejected;
  long assigned;
  long completed;
  long failed;
  long cancelled;
  long requeued;
  long timedOut;
  long dropped;
  long wakeUps;

  GearmanServerCounters snapshot(
      int connections, int functions, long jobs, long running, long bytes) {
    return new GearmanServerCounters(
        connections,
        connectionsAccepted,
        connectionsRefused,
        connectionsTooSlow,
        packetsReceived,
        packetsSent,
        textCommands,
        malformed,
        functions,
        jobs - running,
        running,
        bytes,
        submitted,
        joined,
        rejected,
        assigned,
        completed,
        failed,
        cancelled,
        requeued,
        timedOut,
        dropped,
        wakeUps);
  }
}
