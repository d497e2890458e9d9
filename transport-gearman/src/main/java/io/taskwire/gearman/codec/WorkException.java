/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code WORK_EXCEPTION}. The job has failed with this message; it ends the job. Reaches clients that set the option {@code exceptions}.
 *
 * @param handle the job handle
 * @param data bytes to the end of the packet
 */
public record WorkException(String handle, Buffer data) implements Request, Response {

  static WorkException decode(Arguments arguments) {
    return new WorkException(arguments.handle(0), arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.WORK_EXCEPTION;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
    Fields.end(out);
    out.appendBuffer(data);
  }
}
