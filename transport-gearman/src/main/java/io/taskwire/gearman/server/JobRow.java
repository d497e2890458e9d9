/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import org.jspecify.annotations.Nullable;

/** Jobs in the order in which they came, from which any can be taken at the same cost. A job is in one row at most. */
final class JobRow {

  private @Nullable ServerJob first;
  private @Nullable ServerJob last;

  @Nullable
  ServerJob first() {
    return first;
  }

  void add(ServerJob job) {
    job.previous = last;
    job.next = null;
    if (last == null) {
      first = job;
    } else {
      last.next = job;
    }
    last = job;
  }

  void remove(ServerJob job) {
    if (job.previous == null) {
      first = job.next;
    } else {
      job.previous.next = job.next;
    }
    if (job.next == null) {
      last = job.previous;
    } else {
      job.next.previous = job.previous;
    }
    job.previous = null;
    job.next = null;
  }
}
