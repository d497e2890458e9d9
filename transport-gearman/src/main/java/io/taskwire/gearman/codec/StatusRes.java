/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code STATUS_RES}. Answers {@link GetStatus}. A finished job is unknown.
 *
 * @param handle the job handle
 * @param known whether the server knows the job
 * @param running whether a worker has it
 * @param numerator how much is done
 * @param denominator how much there is to do
 */
public record StatusRes(
    String handle, boolean known, boolean running, long numerator, long denominator)
    implements Response {

  static StatusRes decode(Arguments arguments) {
    return new StatusRes(
        arguments.handle(0),
        arguments.flag(1),
        arguments.flag(2),
        arguments.number(3),
        arguments.number(4));
  }

  @Override
  public PacketType type() {
    return PacketType.STATUS_RES;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
    Fields.end(out);
    Fields.flag(out, known);
    Fields.end(out);
    Fields.flag(out, running);
    Fields.end(out);
    Fields.number(out, numerator);
    Fields.end(out);
    Fields.number(out, denominator);
  }
}
