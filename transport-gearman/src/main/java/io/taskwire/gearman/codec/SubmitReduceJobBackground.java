/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;

/**
 * {@code SUBMIT_REDUCE_JOB_BACKGROUND}. Queues a background job whose parts are joined by a reducer.
 *
 * @param function the function name
 * @param unique the unique id, empty for none
 * @param reducer the function that joins the results
 * @param aggregator an argument for the reducer, usually empty
 * @param payload the workload, to the end of the packet
 */
public record SubmitReduceJobBackground(
    String function, String unique, String reducer, String aggregator, Buffer payload)
    implements Request {

  /** Refuses an argument that holds a NUL: the wire has no room for it. */
  public SubmitReduceJobBackground {
    Fields.requireNoNul("function", function);
    Fields.requireNoNul("unique", unique);
    Fields.requireNoNul("reducer", reducer);
    Fields.requireNoNul("aggregator", aggregator);
  }

  static SubmitReduceJobBackground decode(Arguments arguments) {
    return new SubmitReduceJobBackground(
        arguments.text(0),
        arguments.text(1),
        arguments.text(2),
        arguments.text(3),
        arguments.payload());
  }

  @Override
  public PacketType type() {
    return PacketType.SUBMIT_REDUCE_JOB_BACKGROUND;
  }

  @Override
  public void appendBody(Buffer out) {
    Fields.text(out, function);
    Fields.end(out);
    Fields.text(out, unique);
    Fields.end(out);
    Fields.text(out, reducer);
    Fields.end(out);
    Fields.text(out, aggregator);
    Fields.end(out);
    out.appendBuffer(payload);
  }
}
