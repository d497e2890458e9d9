/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import org.jspecify.annotations.Nullable;

/** Every task of this queue's callers that is not done, linked through the tasks themselves. */
final class OpenTasks {

  private @Nullable PendingTask<?> newest;

  void add(PendingTask<?> task) {
    task.olderOpen = newest;
    if (newest != null) {
      newest.newerOpen = task;
    }
    newest = task;
  }

  void remove(PendingTask<?> task) {
    PendingTask<?> older = task.olderOpen;
    PendingTask<?> newer = task.newerOpen;
    if (newer == null) {
      newest = older;
    } else {
      newer.olderOpen = older;
    }
    if (older != null) {
      older.newerOpen = newer;
    }
    task.olderOpen = null;
    task.newerOpen = null;
  }

  /** Any of them, null if there is none. */
  @Nullable
  PendingTask<?> any() {
    return newest;
  }
}
