/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code WORK_WARNING}. A warning; the job goes on.
 *
 * @param handle the job handle
 * @param data bytes to the end of the packet
 */
public record WorkWarning(String handle, Buffer data) implements Request, Response {

  static WorkWarning decode(Arguments arguments) {
    return new WorkWarning(arguments.handle(0), arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.WORK_WARNING;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
    Fields.end(out);
    out.appendBuffer(data);
  }
}
