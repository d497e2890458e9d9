/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code SUBMIT_JOB_EPOCH}. Queues a background job for a time. Server 1.1.20 wakes no worker when the time comes.
 *
 * @param function the function name
 * @param unique the unique id, empty for none
 * @param epoch seconds since 1970 at which the job may run
 * @param payload the workload, to the end of the packet
 */
public record SubmitJobEpoch(String function, String unique, long epoch, Buffer payload)
    implements Request {

  /** Refuses an argument that holds a NUL: the wire has no room for it. */
  public SubmitJobEpoch {
    Fields.requireNoNul("function", function);
    Fields.requireNoNul("unique", unique);
  }

  static SubmitJobEpoch decode(Arguments arguments) {
    return new SubmitJobEpoch(
        arguments.text(0), arguments.text(1), arguments.number(2), arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.SUBMIT_JOB_EPOCH;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, function);
    Fields.end(out);
    Fields.text(out, unique);
    Fields.end(out);
    Fields.number(out, epoch);
    Fields.end(out);
    out.appendBuffer(payload);
  }
}
