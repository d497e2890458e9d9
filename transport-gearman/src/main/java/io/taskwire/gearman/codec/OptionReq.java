/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code OPTION_REQ}. Sets an option of the connection, as {@code exceptions}.
 *
 * @param option the option name
 */
public record OptionReq(String option) implements Request {

  static OptionReq decode(Arguments arguments) {
    return new OptionReq(arguments.text(0));
  }

  @Override
  public PacketType type() {
    return PacketType.OPTION_REQ;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, option);
  }
}
