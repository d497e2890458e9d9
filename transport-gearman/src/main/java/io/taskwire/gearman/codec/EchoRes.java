/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code ECHO_RES}. The bytes of an {@link EchoReq}; all that was sent before it has been taken.
 *
 * @param data bytes to the end of the packet
 */
public record EchoRes(Buffer data) implements Response {

  static EchoRes decode(Arguments arguments) {
    return new EchoRes(arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.ECHO_RES;
  }

  @Override
  public void appendBody(Buffer out) {
    out.appendBuffer(data);
  }
}
