/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code CAN_DO}. The worker serves this function from now on.
 *
 * @param function the function name
 */
public record CanDo(String function) implements Request {

  static CanDo decode(Arguments arguments) {
    return new CanDo(arguments.text(0));
  }

  @Override
  public PacketType type() {
    return PacketType.CAN_DO;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, function);
  }
}
