/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code OPTION_RES}. The option is set.
 *
 * @param option the option name
 */
public record OptionRes(String option) implements Response {

  static OptionRes decode(Arguments arguments) {
    return new OptionRes(arguments.text(0));
  }

  @Override
  public PacketType type() {
    return PacketType.OPTION_RES;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, option);
  }
}
