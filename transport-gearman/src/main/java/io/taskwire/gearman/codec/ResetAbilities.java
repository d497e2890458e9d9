/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code RESET_ABILITIES}. The worker serves no function any more.
 */
public record ResetAbilities() implements Request {

  static final ResetAbilities INSTANCE = new ResetAbilities();

  static ResetAbilities decode(Arguments arguments) {
    return INSTANCE;
  }

  @Override
  public PacketType type() {
    return PacketType.RESET_ABILITIES;
  }

  @Override
  public void appendBody(Buffer out) {}
}
