/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code PRE_SLEEP}. The worker is going to wait: the server sends {@link Noop} when a job arrives, at once if one is there.
 */
public record PreSleep() implements Request {

  static final PreSleep INSTANCE = new PreSleep();

  static PreSleep decode(Arguments arguments) {
    return INSTANCE;
  }

  @Override
  public PacketType type() {
    return PacketType.PRE_SLEEP;
  }

  @Override
  public void appendBody(Buffer out) {}
}
