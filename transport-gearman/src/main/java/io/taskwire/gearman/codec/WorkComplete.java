/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code WORK_COMPLETE}. The job is done; the data is its result.
 *
 * @param handle the job handle
 * @param data bytes to the end of the packet
 */
public record WorkComplete(String handle, Buffer data) implements PayloadRequest, Response {

  static WorkComplete decode(Arguments arguments) {
    return new WorkComplete(arguments.handle(0), arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.WORK_COMPLETE;
  }

  @Override
  public Buffer payload() {
    return data;
  }

  @Override
  public void appendArguments(Buffer out) {
    Fields.handle(out, handle);
    Fields.end(out);
  }
}
