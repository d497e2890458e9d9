/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code JOB_ASSIGN_UNIQ}. Hands a job to the worker that sent {@link GrabJobUniq} or {@link GrabJobAll}.
 *
 * @param handle the job handle
 * @param function the function name
 * @param unique the unique id, empty for none
 * @param payload the workload, to the end of the packet
 */
public record JobAssignUniq(String handle, String function, String unique, Buffer payload)
    implements Response {

  static JobAssignUniq decode(Arguments arguments) {
    return new JobAssignUniq(
        arguments.handle(0), arguments.function(1), arguments.text(2), arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.JOB_ASSIGN_UNIQ;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
    Fields.end(out);
    Fields.text(out, function);
    Fields.end(out);
    Fields.text(out, unique);
    Fields.end(out);
    out.appendBuffer(payload);
  }
}
