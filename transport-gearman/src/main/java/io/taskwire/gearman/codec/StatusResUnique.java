/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code STATUS_RES_UNIQUE}. Answers {@link GetStatusUnique}.
 *
 * @param unique the unique id, empty for none
 * @param known whether the server knows the job
 * @param running whether a worker has it
 * @param numerator how much is done
 * @param denominator how much there is to do
 * @param clients how many clients wait for the job
 */
public record StatusResUnique(
    String unique, boolean known, boolean running, long numerator, long denominator, long clients)
    implements Response {

  static StatusResUnique decode(Arguments arguments) {
    return new StatusResUnique(
        arguments.text(0),
        arguments.flag(1),
        arguments.flag(2),
        arguments.number(3),
        arguments.number(4),
        arguments.number(5));
  }

  @Override
  public PacketType type() {
    return PacketType.STATUS_RES_UNIQUE;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, unique);
    Fields.end(out);
    Fields.flag(out, known);
    Fields.end(out);
    Fields.flag(out, running);
    Fields.end(out);
    Fields.number(out, numerator);
    Fields.end(out);
    Fields.number(out, denominator);
    Fields.end(out);
    Fields.number(out, clients);
  }
}
