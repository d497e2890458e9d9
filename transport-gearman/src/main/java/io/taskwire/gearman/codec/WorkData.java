/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code WORK_DATA}. A part of the result, ahead of its end.
 *
 * @param handle the job handle
 * @param data bytes to the end of the packet
 */
public record WorkData(String handle, Buffer data) implements Request, Response {

  static WorkData decode(Arguments arguments) {
    return new WorkData(arguments.handle(0), arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.WORK_DATA;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
    Fields.end(out);
    out.appendBuffer(data);
  }
}
