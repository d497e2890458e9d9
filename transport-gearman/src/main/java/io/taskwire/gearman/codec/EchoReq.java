/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code ECHO_REQ}. Asks for the same bytes in an {@link EchoRes}.
 *
 * @param data bytes to the end of the packet
 */
public record EchoReq(Buffer data) implements Request {

  static EchoReq decode(Arguments arguments) {
    return new EchoReq(arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.ECHO_REQ;
  }

  @Override
  public void appendBody(Buffer out) {
    out.appendBuffer(data);
  }
}
