/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code GRAB_JOB}. Asks for a job: {@link JobAssign} or {@link NoJob} is the answer.
 */
public record GrabJob() implements Request {

  static final GrabJob INSTANCE = new GrabJob();

  static GrabJob decode(Arguments arguments) {
    return INSTANCE;
  }

  @Override
  public PacketType type() {
    return PacketType.GRAB_JOB;
  }

  @Override
  public void appendBody(Buffer out) {}
}
