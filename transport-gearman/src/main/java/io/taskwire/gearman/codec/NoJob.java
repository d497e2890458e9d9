/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code NO_JOB}. Answers a grab: no job is waiting.
 */
public record NoJob() implements Response {

  static final NoJob INSTANCE = new NoJob();

  static NoJob decode(Arguments arguments) {
    return INSTANCE;
  }

  @Override
  public PacketType type() {
    return PacketType.NO_JOB;
  }

  @Override
  public void appendBody(Buffer out) {}
}
