/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code CANT_DO}. The worker no longer serves this function. A job of it that the worker still holds is queued again.
 *
 * @param function the function name
 */
public record CantDo(String function) implements Request {

  static CantDo decode(Arguments arguments) {
    return new CantDo(arguments.text(0));
  }

  @Override
  public PacketType type() {
    return PacketType.CANT_DO;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, function);
  }
}
