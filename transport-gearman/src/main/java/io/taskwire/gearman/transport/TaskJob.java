/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.Priority;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.SubmitJobEpoch;
import io.taskwire.gearman.connection.JobPacket;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * The job that a task becomes.
 *
 * @param function the task's name
 * @param unique the unique id on the wire, empty for none
 * @param body payload and envelope
 * @param priority which of the three rows
 * @param foreground whether its results come back over the connection that submits it
 * @param delay how long no worker gets it, zero for none
 */
record TaskJob(
    String function,
    String unique,
    Buffer body,
    Priority priority,
    boolean foreground,
    Duration delay) {

  private static final long MILLIS_PER_SECOND = 1_000;

  Request packet() {
    if (!delay.isZero()) {
      return new SubmitJobEpoch(function, unique, epoch(System.currentTimeMillis()), body);
    }
    return JobPacket.of(priority, !foreground, function, unique, body);
  }

  /** The second of the server's clock from which on workers get it: never early, by up to a second late. */
  private long epoch(long nowMillis) {
    return (nowMillis + delay.toMillis() + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND;
  }
}
