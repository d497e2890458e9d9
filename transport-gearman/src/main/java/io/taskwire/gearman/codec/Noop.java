/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code NOOP}. Wakes a worker that sent {@link PreSleep}: there may be a job.
 */
public record Noop() implements Response {

  static final Noop INSTANCE = new Noop();

  static Noop decode(Arguments arguments) {
    return INSTANCE;
  }

  @Override
  public PacketType type() {
    return PacketType.NOOP;
  }

  @Override
  public void appendBody(Buffer out) {}
}
