/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code GRAB_JOB_ALL}. Asks for a job of any kind: {@link JobAssignAll}, {@link JobAssignUniq} or {@link NoJob} is the answer.
 */
public record GrabJobAll() implements Request {

  static final GrabJobAll INSTANCE = new GrabJobAll();

  static GrabJobAll decode(Arguments arguments) {
    return INSTANCE;
  }

  @Override
  public PacketType type() {
    return PacketType.GRAB_JOB_ALL;
  }

  @Override
  public void appendBody(Buffer out) {}
}
