/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code GET_STATUS}. Asks for {@link StatusRes}.
 *
 * @param handle the job handle
 */
public record GetStatus(String handle) implements Request {

  static GetStatus decode(Arguments arguments) {
    return new GetStatus(arguments.handle(0));
  }

  @Override
  public PacketType type() {
    return PacketType.GET_STATUS;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
  }
}
