/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import org.jspecify.annotations.Nullable;

/** One submit of a client that waits for a job: in the row of the job, and in that of the client. */
final class Attachment {

  final Peer client;
  final ServerJob job;

  /** The next one of the job, in the order of the submits. */
  @Nullable
  Attachment nextOfJob;

  @Nullable
  Attachment previousOfClient;

  @Nullable
  Attachment nextOfClient;

  private Attachment(Peer client, ServerJob job) {
    this.client = client;
    this.job = job;
  }

  static void add(Peer client, ServerJob job) {
    Attachment added = new Attachment(client, job);
    Attachment last = job.clients;
    if (last == null) {
      job.clients = added;
    } else {
      while (last.nextOfJob != null) {
        last = last.nextOfJob;
      }
      last.nextOfJob = added;
    }
    job.clientCount++;
    Attachment first = client.attachments;
    if (first != null) {
      first.previousOfClient = added;
    }
    added.nextOfClient = first;
    client.attachments = added;
  }

  /** The client waits no more. */
  void remove() {
    Attachment before = null;
    for (Attachment at = job.clients; at != null; at = at.nextOfJob) {
      if (at == this) {
        if (before == null) {
          job.clients = nextOfJob;
        } else {
          before.nextOfJob = nextOfJob;
        }
        job.clientCount--;
        leaveClient();
        return;
      }
      before = at;
    }
  }

  /** Nobody waits for the job any more. */
  static void removeAll(ServerJob job) {
    for (Attachment at = job.clients; at != null; at = at.nextOfJob) {
      at.leaveClient();
    }
    job.clients = null;
    job.clientCount = 0;
  }

  private void leaveClient() {
    if (previousOfClient == null) {
      client.attachments = nextOfClient;
    } else {
      previousOfClient.nextOfClient = nextOfClient;
    }
    if (nextOfClient != null) {
      nextOfClient.previousOfClient = previousOfClient;
    }
    previousOfClient = null;
    nextOfClient = null;
  }
}
