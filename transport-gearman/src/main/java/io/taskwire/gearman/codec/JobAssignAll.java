/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code JOB_ASSIGN_ALL}. Hands a job with a reducer to the worker that sent {@link GrabJobAll}.
 *
 * @param handle the job handle
 * @param function the function name
 * @param unique the unique id, empty for none
 * @param reducer the function that joins the results
 * @param payload the workload, to the end of the packet
 */
public record JobAssignAll(
    String handle, String function, String unique, String reducer, Buffer payload)
    implements Response {

  static JobAssignAll decode(Arguments arguments) {
    return new JobAssignAll(
        arguments.handle(0),
        arguments.function(1),
        arguments.text(2),
        arguments.text(3),
        arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.JOB_ASSIGN_ALL;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.handle(out, handle);
    Fields.end(out);
    Fields.text(out, function);
    Fields.end(out);
    Fields.text(out, unique);
    Fields.end(out);
    Fields.text(out, reducer);
    Fields.end(out);
    out.appendBuffer(payload);
  }
}
