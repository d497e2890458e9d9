/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code GET_STATUS_UNIQUE}. Asks for {@link StatusResUnique}.
 *
 * @param unique the unique id, empty for none
 */
public record GetStatusUnique(String unique) implements Request {

  static GetStatusUnique decode(Arguments arguments) {
    return new GetStatusUnique(arguments.text(0));
  }

  @Override
  public PacketType type() {
    return PacketType.GET_STATUS_UNIQUE;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, unique);
  }
}
