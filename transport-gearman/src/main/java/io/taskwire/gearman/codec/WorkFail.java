/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code WORK_FAIL}. The job has failed. The server makes it of a {@link WorkException} for clients without the option
 * {@code exceptions}, and then the handle carries a trailing NUL, which is removed here.
 *
 * @param handle the job handle
 */
public record WorkFail(String handle) implements Request, Response {

  static WorkFail decode(Arguments arguments) {
    return new WorkFail(arguments.handle(0));
  }

  @Override
  public PacketType type() {
    return PacketType.WORK_FAIL;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
  }
}
