/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code JOB_ASSIGN}. Hands a job to the worker that sent {@link GrabJob}.
 *
 * @param handle the job handle
 * @param function the function name
 * @param payload the workload, to the end of the packet
 */
public record JobAssign(String handle, String function, Buffer payload) implements Response {

  static JobAssign decode(Arguments arguments) {
    return new JobAssign(arguments.handle(0), arguments.function(1), arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.JOB_ASSIGN;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
    Fields.end(out);
    Fields.text(out, function);
    Fields.end(out);
    out.appendBuffer(payload);
  }
}
