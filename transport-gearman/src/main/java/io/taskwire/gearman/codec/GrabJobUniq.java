/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code GRAB_JOB_UNIQ}. Asks for a job with its unique id: {@link JobAssignUniq} or {@link NoJob} is the answer.
 */
public record GrabJobUniq() implements Request {

  static final GrabJobUniq INSTANCE = new GrabJobUniq();

  static GrabJobUniq decode(Arguments arguments) {
    return INSTANCE;
  }

  @Override
  public PacketType type() {
    return PacketType.GRAB_JOB_UNIQ;
  }

  @Override
  public void appendBody(Buffer out) {}
}
