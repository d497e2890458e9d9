/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code SUBMIT_JOB}. Queues a foreground job of normal priority.
 *
 * @param function the function name
 * @param unique the unique id, empty for none
 * @param payload the workload, to the end of the packet
 */
public record SubmitJob(String function, String unique, Buffer payload) implements PayloadRequest {

  /** Refuses an argument that holds a NUL: the wire has no room for it. */
  public SubmitJob {
    Fields.requireNoNul("function", function);
    Fields.requireNoNul("unique", unique);
  }

  static SubmitJob decode(Arguments arguments) {
    return new SubmitJob(arguments.text(0), arguments.text(1), arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.SUBMIT_JOB;
  }

  @Override
  public void appendArguments(Buffer out) {
    Fields.text(out, function);
    Fields.end(out);
    Fields.text(out, unique);
    Fields.end(out);
  }
}
