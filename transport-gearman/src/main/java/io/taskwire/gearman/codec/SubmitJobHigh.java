/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code SUBMIT_JOB_HIGH}. Queues a foreground job of high priority.
 *
 * @param function the function name
 * @param unique the unique id, empty for none
 * @param payload the workload, to the end of the packet
 */
public record SubmitJobHigh(String function, String unique, Buffer payload)
    implements PayloadRequest {

  /** Refuses an argument that holds a NUL: the wire has no room for it. */
  public SubmitJobHigh {
    Fields.requireNoNul("function", function);
    Fields.requireNoNul("unique", unique);
  }

  static SubmitJobHigh decode(Arguments arguments) {
    return new SubmitJobHigh(arguments.text(0), arguments.text(1), arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.SUBMIT_JOB_HIGH;
  }

  @Override
  public void appendArguments(Buffer out) {
    Fields.text(out, function);
    Fields.end(out);
    Fields.text(out, unique);
    Fields.end(out);
  }
}
