/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code WORK_STATUS}. How far the job is.
 *
 * @param handle the job handle
 * @param numerator how much is done
 * @param denominator how much there is to do
 */
public record WorkStatus(String handle, long numerator, long denominator)
    implements Request, Response {

  static WorkStatus decode(Arguments arguments) {
    return new WorkStatus(arguments.handle(0), arguments.number(1), arguments.number(2));
  }

  @Override
  public PacketType type() {
    return PacketType.WORK_STATUS;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
    Fields.end(out);
    Fields.number(out, numerator);
    Fields.end(out);
    Fields.number(out, denominator);
  }
}
