/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.Priority;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.SubmitJobHigh;
import io.taskwire.gearman.codec.SubmitJobHighBg;
import io.taskwire.gearman.codec.SubmitJobLow;
import io.taskwire.gearman.codec.SubmitJobLowBg;
import io.vertx.core.buffer.Buffer;

/** The packet that submits a job for now: the protocol has one for each priority, of each kind. */
public final class JobPacket {

  private JobPacket() {}

  /**
   * Chooses the packet.
   *
   * @param background whether nobody waits for the end
   * @param unique empty for none
   */
  public static Request of(
      Priority priority, boolean background, String function, String unique, Buffer payload) {
    return switch (priority) {
      case HIGH ->
        background
            ? new SubmitJobHighBg(function, unique, payload)
            : new SubmitJobHigh(function, unique, payload);
      case NORMAL ->
        background
            ? new SubmitJobBg(function, unique, payload)
            : new SubmitJob(function, unique, payload);
      case LOW ->
        background
            ? new SubmitJobLowBg(function, unique, payload)
            : new SubmitJobLow(function, unique, payload);
    };
  }
}
