/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

/** Hears of jobs on the event loop. */
interface JobWatcher {

  /** The job was accepted, or it has ended. */
  void changed(ClientJob job);
}
